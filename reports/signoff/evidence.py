"""The folder of evidence beside a statement: everything that is needed to decide again, and what was made of it.

It holds policy.toml, waivers.toml, numbers.json, release.md, release.html, and of each run, as runs/1 and so on, its
events.jsonl and every report.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from harness.core.errors import UsageError
from harness.core.run import Run
from harness.core.waivers import read_waivers
from reports import write_reports
from reports.signoff import numbers
from reports.signoff.decision import Decision, decide
from reports.signoff.page import pages
from reports.signoff.policy import read_policy
from reports.store import EVENTS, read_events, write_atomically

POLICY, WAIVERS, NUMBERS = "policy.toml", "waivers.toml", "numbers.json"


def beside(statement: Path) -> Path:
    """The folder that belongs to a statement: release.json has release.evidence."""
    return statement.with_name(statement.stem + ".evidence")


def collect(folder: Path, events: Sequence[Path], policy: Path, waivers: Path | None) -> None:
    """Copy what a decision is made from, and make the reports of each run anew from its events: whatever lies beside
    them is not looked at. UsageError names the file that cannot be read.
    """
    read_policy(policy)
    _copy(policy, folder / POLICY)
    if waivers is not None:
        read_waivers(waivers)
        _copy(waivers, folder / WAIVERS)
    for number, path in enumerate(events, 1):
        _require_a_run(path)
        copy = folder / "runs" / str(number) / EVENTS
        _copy(path, copy)
        write_reports(copy)


def derive(folder: Path, at: datetime) -> Decision:
    """The decision that follows from a folder's events, policy and waivers at a time; UsageError where none does."""
    streams = sorted(folder.glob(f"runs/*/{EVENTS}"), key=lambda path: (len(path.parent.name), path.parent.name))
    if not streams:
        raise UsageError(f"{folder} holds no run")
    waivers = folder / WAIVERS
    return decide(
        [Run.of(read_events(path)) for path in streams],
        read_policy(folder / POLICY),
        read_waivers(waivers) if waivers.exists() else (),
        at,
    )


def conclude(folder: Path, decision: Decision) -> None:
    """Write the numbers and the release page of a decision."""
    for name, text in {NUMBERS: numbers.render(decision), **pages(decision)}.items():
        write_atomically(folder / name, text)


def listing(folder: Path) -> dict[str, str]:
    """The sha256 in hex of every file of a folder, by its path there, in order. What is no plain file has none that
    could be right. UsageError where one cannot be read.
    """
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
        return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}
    except OSError as error:
        raise UsageError(f"cannot read {error.filename}: {error.strerror}") from None


def _require_a_run(path: Path) -> None:
    try:
        Run.of(read_events(path))
    except UsageError as error:
        raise UsageError(f"{path} is no run to sign off: {error}") from None


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return "no plain file"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(path: Path, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)
    except OSError as error:
        raise UsageError(f"cannot copy {path} to {to}: {error.strerror}") from None
