"""A new base for the runs to come: accepted by somebody, for a reason, and written into the store."""

from __future__ import annotations

import getpass
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness.core.comparison import Comparison
from harness.core.errors import UsageError
from harness.engine.runs import last_good, resolve_run
from harness.history.acceptance import Acceptance
from harness.history.store import open_store
from harness.regression.acceptance import reason_of, require_whole
from harness.regression.compare import compare
from harness.regression.document import as_document
from reports.store import EVENTS, read_events


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and how that is known."""

    name: str
    known_by: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written down, by whom, and the comparison with the base of before; None where there was none."""

    acceptance: Acceptance
    person: Person
    comparison: Comparison | None


def accept(
    name: str, reason: str, *, base: str | None = None, who: str | None = None, store: str | None = None
) -> Accepted:
    """Make a run the base from now on. It is held against `base`, or against the last good run of its kind where there
    is one, and kept in the store if it was not.

    UsageError without a reason, for a run that was cut short, and where the two runs cannot be compared.
    """
    why, person = reason_of(reason), person_of(who)
    run = resolve_run(name, store)
    require_whole(run)
    before = last_good(store, run) if base is None else resolve_run(base, store, of=run)
    found = None if before is None else compare(before, run, other_hardware=True)
    acceptance = Acceptance(
        run_id=run.id, base_id=None if before is None else before.id, reason=why, who=person.name,
        when=datetime.now(UTC).isoformat(timespec="seconds"), comparison={} if found is None else as_document(found),
    )  # fmt: skip
    _write(acceptance, name, store)
    return Accepted(acceptance, person, found)


def person_of(who: str | None) -> Person:
    """Who accepts: the name given, else that of git, else the login; UsageError where there is none of them."""
    if who is not None and who.strip():
        return Person(" ".join(who.split()), "--who")
    if who is not None:
        raise UsageError("--who is empty; name who accepts the run")
    if name := _git("user.name"):
        email = _git("user.email")
        return Person(f"{name} <{email}>" if email else name, "git config")
    try:
        return Person(getpass.getuser(), "the login")
    except (OSError, KeyError):
        raise UsageError("nobody is known to git or to the system; name who accepts the run: --who NAME") from None


def _write(acceptance: Acceptance, name: str, store: str | None) -> None:
    """Into the store, with the run itself where it lies in a folder."""
    opened, path = open_store(store), Path(name)
    if path.exists():
        opened.add(read_events(path / EVENTS if path.is_dir() else path))
    opened.accept(acceptance)


def _git(setting: str) -> str:
    """A setting of git; empty where it is not set, or there is no git."""
    try:
        asked = subprocess.run(["git", "config", "--get", setting], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()
