"""A comparison of two computations as text: rows of a table, and the verdict in a line."""

from __future__ import annotations

import math

from harness.divergence.replay import Replay
from harness.divergence.result import Divergence, Row

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
#: Modules that are shown unless all are wanted.
WORST = 8


def modules_of(found: Divergence, every: bool) -> Table:
    """Header and rows in running order: every module, or the first that diverges with those closest to their limit or
    farthest beyond it. What a module adds, its limit, and how far its output is in all are in eps of the coarser dtype.
    """
    header = ("module", "adds", "limit", "in all", "")
    worst = sorted(found.modules, key=lambda row: -row.excess)[:WORST]
    shown = [row for row in found.modules if every or row in worst or row is found.first]
    return header, [_module(row, found) for row in shown]


def changes_of(replay: Replay) -> Table:
    """Header and rows of the modules that differ from what was recorded: what they add, in eps, then and now."""
    header = ("module", "recorded", "here", "limit")
    rows: list[tuple[str, ...]] = []
    for change in replay.changes:
        one, other = change.recorded, change.found
        limit = max(row.limit for row in (one, other) if row is not None)
        before, now = ("none" if row is None else _in_eps(row.local, replay.found) for row in (one, other))
        rows.append((change.name, before, now, _in_eps(limit, replay.found)))
    return header, rows


def verdict_of(found: Divergence) -> str:
    """What was found, in a line."""
    a, b = found.computations
    apart = found.largest_difference
    end = f"log-odds differ by up to {apart:.2e} logit" if math.isfinite(apart) else "log-odds are no numbers"
    size = f"{len(found.modules)} modules, {len(found.log_odds[0])} pairs, {found.tokens} tokens"
    compared = f"{size}; figures are in eps, {found.eps:.2g} of a number; {end}"
    if found.first is None:
        return f"no module diverges between {a} and {b}: {compared}"
    count = sum(row.diverges for row in found.modules)
    return f"{found.first.name} is the first of {count} modules that diverge between {a} and {b}: {compared}"


def reproduction_of(replay: Replay) -> str:
    """Whether what was recorded is found here, in a line."""
    before, now = (
        "no module diverges" if side.first is None else f"{side.first.name} diverges first"
        for side in (replay.recorded, replay.found)
    )  # fmt: skip
    return f"reproduces: {now}, as recorded" if replay.reproduces else f"does not reproduce: {now}; recorded: {before}"


def _module(row: Row, found: Divergence) -> tuple[str, ...]:
    mark = "" if not row.diverges else "first" if row is found.first else "diverges"
    return (row.name, *(_in_eps(value, found) for value in (row.local, row.limit, row.accumulated)), mark)


def _in_eps(value: float, found: Divergence) -> str:
    return f"{value / found.eps:.3g}" if math.isfinite(value) else "no number"
