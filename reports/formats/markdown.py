"""report.md: the report as Markdown (GitHub's), for issues, pull requests and archives."""

from __future__ import annotations

import re
from typing import Any

from harness.core.run import Run
from reports import templating
from reports.text import one_line, visible

NAME = "report.md"


class Raw(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render(run: Run) -> str:
    """The run as Markdown; nothing from outside can make a table, a link, an element or a formula."""
    return document("report.md.j2", **templating.told(run))


def document(template: str, **values: Any) -> str:
    """A template told as Markdown; text among `values` stays text, and at most one line is empty between two others."""
    told = templating.render(template, values, finalize=escaped, html=False, fence=fence)
    return re.sub(r"\n{3,}", "\n\n", told)


def escaped(value: Any) -> str:
    """A value as one line of Markdown that is nothing but text."""
    if isinstance(value, Raw):
        return value
    text = one_line(str(value)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~$#])", r"\\\1", text)


def fence(text: str) -> Raw:
    """A code block around text of any content: its fence is longer than any in the text (CommonMark 4.5)."""
    content = visible(text).strip("\n")
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", content)), default=0))
    return Raw(f"{fence}text\n{content}\n{fence}")
