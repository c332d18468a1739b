"""`rerank-harness store`: keeps runs in the history, also those that could not be kept when they were made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import options

NAME = "store"


def run(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Folders of runs, or their events.jsonl.")],
    store: options.Store = None,
) -> None:
    """Keep runs in the history; one that is there already is left as it is."""
    from harness.core.run import Run
    from harness.history.store import open_store
    from reports.store import EVENTS, read_events

    streams = [read_events(path / EVENTS if path.is_dir() else path) for path in runs]
    names = [Run.of(events).id[:8] for events in streams]
    kept = open_store(store)
    for name, events in zip(names, streams, strict=True):
        typer.echo(f"{name}  {'stored' if kept.add(events) else 'already there'}")
