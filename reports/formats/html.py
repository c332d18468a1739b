"""report.html: the report as one file that needs nothing else and reads well on paper, phone and screen."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from harness.core.run import Run
from reports import templating
from reports.text import visible

NAME = "report.html"


def render(run: Run) -> str:
    """The run as a self-contained page; its content policy forbids scripts and every outside resource."""
    return templating.render("report.html.j2", run, finalize=_cleaned, html=True, markup=Markup)


def _cleaned(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(str(value))
