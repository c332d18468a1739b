"""report.html: the report as one file that needs nothing else and reads well on paper, phone and screen."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from markupsafe import Markup, escape

from harness.core.findings import Finding
from harness.core.run import Run
from reports import templating
from reports.story import Story
from reports.text import cut, visible

NAME = "report.html"
#: Bytes that all details, and all messages of the table, may have together: 5 000 findings stay below 3 MB.
MOST_DETAILS = 600_000
MOST_MESSAGES = 600_000
#: Above this many, the page lays out findings only as they come into view: 5 000 take a second otherwise, 500 a tenth.
MANY = 500


def render(run: Run) -> str:
    """The run as a self-contained page: what fell short in full, gravest first, and a table of all findings."""
    story = Story(run)
    weighty = story.of("fail", "error", "warn")
    findings = weighty + story.of("not verified", "pass")
    return page(
        "report.html.j2", **templating.told(run), findings=findings, weighty=len(weighty), detailed=_room_for(weighty),
        longest=longest([finding.message for finding in findings]), many=len(findings) > MANY,
    )  # fmt: skip


def page(template: str, **values: Any) -> str:
    """A template that extends page.html.j2 as a page that needs nothing else. Text among `values` stays text; the
    page's content policy forbids every resource from outside, and every script but our own, known by its digest.
    """
    script = (templating.TEMPLATES / "report.js").read_text(encoding="utf-8")
    ours = {"script": Markup(script), "script_digest": f"sha256-{_base64_sha256(script)}"}
    return templating.render(template, values | ours, finalize=_cleaned, html=True, markup=Markup)


def longest(texts: Sequence[str]) -> int:
    """Characters that each of `texts` may have, so that all together have MOST_MESSAGES bytes at most."""
    written, shown = sum(map(len, texts)), sum(map(_bytes, texts))
    return max(20, MOST_MESSAGES * written // max(1, shown * len(texts)))


def _room_for(findings: tuple[Finding, ...]) -> int:
    """How many of `findings` are told in full, from the first."""
    return sum(size <= MOST_DETAILS for size in accumulate(map(_size, findings)))


def _size(finding: Finding) -> int:
    texts = finding.title, finding.message, finding.remedy, finding.reproduce, finding.subject, cut(finding.evidence)
    # the markup of one has about 900 bytes
    return 900 + sum(map(_bytes, texts))


def _bytes(text: str) -> int:
    return len(escape(visible(text)).encode())


def _base64_sha256(text: str) -> str:
    """As a content policy wants it (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _cleaned(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(str(value))
