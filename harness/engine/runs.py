"""A run by the name that a user gives it: a folder, an event stream, an id in the store, or the last good one."""

from __future__ import annotations

from pathlib import Path

from harness.core.errors import UsageError
from harness.core.run import Run
from harness.history.store import Store, open_store
from reports.store import EVENTS, read_events

LAST_GOOD = "last-good"
LATEST = "latest"


def resolve_run(name: str, store: str | None = None, *, of: Run | None = None) -> Run:
    """The run of a folder or of an events.jsonl; else of the store: an id or its beginning, "latest", or "last-good",
    which is the newest that passed or was accepted, with `of` among those of the same target, model, device and dtype.

    UsageError where there is none.
    """
    path = Path(name)
    if name != LAST_GOOD and path.exists():
        return Run.of(read_events(path / EVENTS if path.is_dir() else path))
    opened = _opened(name, store)
    if name == LAST_GOOD:
        if (found := last_good(store, of)) is None:
            raise UsageError("the store has no good run to compare with; store one that passes, or accept one")
        return found
    if name == LATEST and (kept := opened.runs()):
        name = kept[-1].id
    return Run.of(opened.events(name))


def last_good(store: str | None, of: Run | None) -> Run | None:
    """The last good run of the store, as `resolve_run` has it; None where there is none yet."""
    opened = open_store(store)
    kept = opened.last_good(of)
    return None if kept is None else Run.of(opened.events(kept.id))


def _opened(name: str, store: str | None) -> Store:
    """The store that a name which is no path is looked up in."""
    try:
        return open_store(store, to_read=True)
    except UsageError as error:
        raise UsageError(f"{name!r} is no folder and no events.jsonl, and {error}") from None
