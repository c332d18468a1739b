"""From pairs to scores: planned, handed out, written down as they come, or put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from harness.scoring.crew import Crew, Done
from harness.scoring.dispatch import Dispatch
from harness.scoring.store import ScoreStore
from harness.scoring.units import Unit, loads_of

#: Loads that may be under way before the oldest of them is done, where scores are wanted in order.
AHEAD = 64


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection came to: units and pairs that were scored now, and units that had been before."""

    units: int
    pairs: int
    before: int


def collect(
    units: Iterable[Unit],
    crew: Crew,
    store: ScoreStore,
    deadline: float | None = None,
    tell: Callable[[str], None] = lambda what: None,
    scored: Callable[[int], None] = lambda pairs: None,
) -> Collected:
    """Score every unit that the store has not and write its scores as they come. `scored` is told of pairs.

    What crew and store raise passes through; what was written by then stays.
    """
    count, pairs = 0, 0
    left = (unit for unit in units if not store.has(unit))
    for done in Dispatch(crew, deadline, tell=tell).run(loads_of(left)):
        store.add(done.load.units, done.answer.scores)
        count += len(done.load.units)
        new = sum(map(len, done.answer.scores))
        pairs += new
        scored(new)
    return Collected(count, pairs, store.units)


def in_order(
    units: Iterable[Unit],
    crew: Crew,
    deadline: float | None = None,
    tell: Callable[[str], None] = lambda what: None,
) -> Iterator[tuple[Unit, tuple[float, ...]]]:
    """Every unit with its scores, in the order of the plan."""
    waiting: dict[int, Done] = {}
    following = 0
    for done in Dispatch(crew, deadline, AHEAD, tell).run(loads_of(units)):
        waiting[done.load.number] = done
        while following in waiting:
            ready = waiting.pop(following)
            following += 1
            yield from zip(ready.load.units, ready.answer.scores, strict=True)
