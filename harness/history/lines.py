"""A figure from run to run, and the runs after which it is another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.core.comparison import Difference
from harness.core.environment import differences
from harness.core.run import Run
from harness.history.changes import ChangePoint, change_points
from harness.history.store import Kept, Point, Store


@dataclass(frozen=True, slots=True)
class Turn:
    """A change point: the first run after it, and what differs in its surroundings from the run before."""

    change: ChangePoint
    run: Kept
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one target, model, device and dtype; `points` with a value, in the order of time."""

    name: str
    slice: str
    unit: str
    points: tuple[Point, ...]
    turns: tuple[Turn, ...]

    @property
    def title(self) -> str:
        """Figure, slice and what it is of."""
        kept = self.points[-1].run
        of = ", ".join(filter(None, (kept.target, kept.model, kept.device, kept.dtype)))
        return f"{self.name}{f' [{self.slice}]' if self.slice else ''} of {of}"

    @property
    def values(self) -> tuple[float, ...]:
        """The values, as many as there are points."""
        return tuple(point.value for point in self.points if point.value is not None)


def lines_of(
    store: Store, chosen: Callable[[Kept], bool], name: str | None = None, part: str | None = None
) -> list[Line]:
    """Every line of the runs that are chosen, or of one figure and slice; with its change points."""
    groups: dict[tuple[Any, ...], list[Point]] = {}
    for point in store.series(name, part):
        if point.value is not None and chosen(point.run):
            groups.setdefault((*point.run.key, point.name, point.slice), []).append(point)
    runs = _Runs(store)
    return [_line(points, runs) for points in groups.values()]


def _line(points: list[Point], runs: Mapping[str, Run]) -> Line:
    changes = change_points([point.value for point in points if point.value is not None])
    last = points[-1]
    return Line(last.name, last.slice, last.unit, tuple(points), tuple(_turn(c, points, runs) for c in changes))


def _turn(change: ChangePoint, points: list[Point], runs: Mapping[str, Run]) -> Turn:
    before, after = points[change.index - 1].run, points[change.index].run
    return Turn(change, after, differences(runs[before.id], runs[after.id]))


class _Runs(dict[str, Run]):
    """Runs by their id, each read once and only where it is asked for."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, run_id: str) -> Run:
        self[run_id] = Run.of(self._store.events(run_id))
        return self[run_id]


def matching(**wanted: str | None) -> Callable[[Kept], bool]:
    """Whether a run has these fields; None for any."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    return lambda kept: all(getattr(kept, name) == value for name, value in asked.items())


def told(line: Line) -> Iterable[str]:
    """Each change point of a line in a sentence."""
    for turn in line.turns:
        around = "; ".join(f"{d.name}: {d.base} → {d.run}" for d in turn.differences) or "nothing that was recorded"
        yield (
            f"{line.title}: {turn.change.before:.4g} → {turn.change.after:.4g} {line.unit}".rstrip()
            + f" from the run {turn.run.id[:8]} of {turn.run.started[:16]}Z on; what differs there: {around}"
        )
