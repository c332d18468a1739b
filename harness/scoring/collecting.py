"""From pairs to scores: planned, handed out, written down as they come, or put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from harness.scoring.crew import Crew, Done
from harness.scoring.dispatch import Dispatch
from harness.scoring.store import ScoreStore
from harness.scoring.units import Unit, loads_of

#: Loads that may be under way before the oldest of them is done, where scores are wanted in order.
AHEAD = 64


def collect(
    units: Iterable[Unit],
    crew: Crew,
    store: ScoreStore,
    deadline: float | None = None,
    tell: Callable[[str], None] = lambda what: None,
) -> Iterator[Done]:
    """Score every unit that the store has not; its scores are written before they are told.

    What crew and store raise passes through; what was written by then stays.
    """
    left = (unit for unit in units if not store.has(unit))
    for done in Dispatch(crew, deadline, tell=tell).run(loads_of(left)):
        store.add(done.load.units, done.answer.scores)
        yield done


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
