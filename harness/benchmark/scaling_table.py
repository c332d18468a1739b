"""How work scales, as rows of text."""

from __future__ import annotations

import numpy as np

from harness.benchmark.page import Page
from harness.benchmark.scaling import Entry, Scaling

HEADER = (
    "documents", "tokens each", "pairs", "one process, pairs/s", "one worker takes longer", "speed-up",
    "replaced after a kill", "a kill costs", "same bits",
)  # fmt: skip


def rows_of(found: Scaling) -> list[tuple[str, ...]]:
    """A row an entry, as in HEADER."""
    return [_row(entry) for entry in found.entries]


def notes_of(found: Scaling) -> list[str]:
    """What a reader of the rows should know."""
    versions = ", ".join(f"{name} {found.versions[name]}" for name in ("torch", "ray"))
    return [
        f"{found.model['id']}, {found.device}: {found.hardware}, {found.threads} threads, {versions}, {found.date}",
        f"speed-up is from one worker to {found.workers}, the median of rounds in turns; a unit is one query with its "
        "documents",
        f"all workers were ready after {found.started_within:.0f} s, which the other times leave out",
    ]


def page_of(found: Scaling) -> Page:
    """Table and notes."""
    return Page(HEADER, rows_of(found), notes_of(found), found.command)


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        str(entry.documents), str(entry.length), str(entry.pairs), f"{entry.pairs / float(np.median(entry.local)):.0f}",
        f"{entry.overhead:+.1%}", f"{entry.speed_up:.2f} ×", f"{entry.until_replaced:.1f} s",
        f"{entry.lost_by_a_kill:.1f} s", "yes" if entry.same_bits else "NO",
    )  # fmt: skip
