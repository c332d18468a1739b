"""`rerank-harness report`: rebuilds every report from the event stream, also of a run that was killed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import options

NAME = "report"


def run(
    events: Annotated[Path, typer.Argument(metavar="EVENTS.jsonl", help="The event stream of a run.")],
    out: options.Out = None,
) -> None:
    """Rebuild every report (report.html, run.json, junit.xml and the others) from EVENTS.jsonl."""
    from reports import write_reports

    run = write_reports(events, out)
    typer.echo(f"verdict: {run.verdict}  reports: {out or events.parent}")
