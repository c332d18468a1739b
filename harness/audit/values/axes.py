"""Axes of arrays by how long they are, as far as that is known, and what indices leave of them.

Whether a length is one is all that is of interest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import EllipsisType
from typing import Literal

#: Lengths: 0 for one that is not known, `...` for any number of axes of which nothing is known.
Axes = tuple[int | EllipsisType, ...]
UNKNOWN: Axes = (...,)
SEVERAL = 2
#: What an index leaves of its axis: a number of entries, or this.
Entry = int | Literal["all", "rest", "new", "taken"]
_RANGE = re.compile(r"(?:Slice\()?(?P<start>[^:,(]*?)(?::|,|\.\.)(?P<last>=?)(?P<end>[^:]*?)\)?")
_OPEN = ("", "None")


def length_of(number: int | None) -> int:
    """A number as a length."""
    return 0 if number is None or number < 1 else min(number, SEVERAL)


def length(axes: Axes, axis: int) -> int:
    """The length of an axis."""
    at = axes.index(...) if ... in axes else None
    known = axes if at is None else axes[:at] if axis >= 0 else axes[at + 1 :]
    found = known[axis] if -len(known) <= axis < len(known) else 0
    return found if isinstance(found, int) else 0


def replaced(axes: Axes, axis: int, by: Axes, number: int = 1) -> Axes:
    """Axes with others instead of a number of them; `axis` is the first of those, or of what comes to be there."""
    at = axes.index(...) if ... in axes else len(axes) if axis >= 0 else -1
    before, unknown, after = axes[: max(at, 0)], axes[at : at + 1] if ... in axes else (), axes[at + 1 :]
    if axis >= 0:
        before += (0,) * (axis + number - len(before))
        return (*before[:axis], *by, *before[axis + number :], *unknown, *after)
    after = (0,) * (number - axis - 1 - len(after)) + after
    end = len(after) + axis + 1
    return (*before, *unknown, *after[: end - number], *by, *after[end:])


def entry(index: str) -> Entry:
    """What an index leaves of its axis, by how it is written, without spaces, casts and namespaces."""
    if index in (":", "..", "Slice()"):
        return "all"
    if index.strip('"') in ("...", "Ellipsis"):
        return "rest"
    if re.fullmatch(r"(\w+\.)?(None|newaxis|NewAxis)", index):
        return "new"
    found = _RANGE.fullmatch(index)
    return "taken" if found is None else entries(found["start"], found["end"], bool(found["last"]))


def entries(start: str, end: str, with_end: bool = False) -> int:
    """How many entries there are from one index to another."""
    first, behind = (int(text) if re.fullmatch(r"-?\d+", text) else None for text in (start, end))
    first = 0 if start in _OPEN else first
    if first is not None and behind is not None:
        return length_of(behind - first + with_end)
    is_last = start == "-1" and end in _OPEN
    return int(is_last or (start == end if with_end else end == f"{start}+1"))


def indexed(axes: Axes, indices: Sequence[Entry], is_whole: bool) -> Axes:
    """Axes behind indices; `is_whole` where an array of which little is known has no more axes than indices."""
    at = indices.index("rest") if "rest" in indices else len(indices)
    front, taken = _walked(axes, indices[:at], 1)
    back, taken_back = _walked(axes, indices[:at:-1], -1)
    if ... not in axes:
        return (*front, *axes[taken : len(axes) - taken_back], *reversed(back))
    if at == len(indices) and is_whole:
        return front
    dots = axes.index(...)
    return (*front, *axes[min(taken, dots) : dots], ..., *(reversed(back) if back or taken_back else axes[dots + 1 :]))


def _walked(axes: Axes, indices: Iterable[Entry], step: int) -> tuple[tuple[int, ...], int]:
    """What indices leave of axes, from the first, or from the last one on, and how many axes they are about."""
    left, taken = list[int](), 0
    for index in indices:
        taken += index != "new"
        if index == "new":
            left.append(1)
        elif index == "all":
            left.append(length(axes, taken - 1 if step > 0 else -taken))
        elif isinstance(index, int):
            left.append(index)
    return tuple(left), taken
