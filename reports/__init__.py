"""From a run's events to its reports: a file a format, for people, programs, CI systems and dashboards."""

from __future__ import annotations

from pathlib import Path

from harness.core.run import Run
from reports.formats import FORMATS
from reports.store import read_events, write_atomically

__all__ = ["FORMATS", "write_reports"]


def write_reports(events_path: Path, out: Path | None = None) -> Run:
    """Write every report of an event stream into `out` (default: beside the stream) and return its run.

    Everything is rendered before anything is written, and each file appears whole or not at all. UsageError: the
    stream cannot be read, a line of it is broken, or the folder cannot be written.
    """
    run = Run.of(read_events(events_path))
    rendered = {name: render(run) for name, render in FORMATS.items()}
    folder = events_path.parent if out is None else out
    for name, text in rendered.items():
        write_atomically(folder / name, text)
    return run
