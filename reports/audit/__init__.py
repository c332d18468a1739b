"""What a source audit found, for code-scanning pages (SARIF), programs (JSON), readers (Markdown) and terminals."""

from reports.audit.document import as_document
from reports.audit.markdown import render
from reports.audit.sarif import as_sarif
from reports.audit.terminal import Reading, shown

__all__ = ["Reading", "as_document", "as_sarif", "render", "shown"]
