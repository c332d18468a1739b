"""Templates that cannot forget to escape: every expression goes through one function on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from harness.core.run import Run
from reports import text
from reports.figures import Figure
from reports.story import SCHEMA, SIGNS, WORDS, Story
from reports.tables import named

TEMPLATES = Path(__file__).parent / "templates"


def render(
    template: str,
    values: Mapping[str, Any],
    *,
    finalize: Callable[[Any], Any],
    html: bool,
    **filters: Callable[..., Any],
) -> str:
    """`values` told by a template. `finalize` cleans every value; `html` escapes it for HTML after that."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=html, finalize=finalize, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= {
        "number": text.number, "quantity": text.quantity, "moment": text.moment, "one_line": text.one_line,
        "brief": text.brief, "cut": text.cut,
        "named": named, "sign": SIGNS.__getitem__, "word": lambda status: WORDS.get(status, status), **filters,
    }  # fmt: skip
    return environment.get_template(template).render(values)


def told(run: Run) -> dict[str, Any]:
    """What the templates of a run are given: the run, its story, its figures, and the schema of run.json."""
    return {"run": run, "story": Story(run), "figures": [Figure(series) for series in run.series], "schema": SCHEMA}
