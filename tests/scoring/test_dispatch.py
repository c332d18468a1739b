"""A load whose worker is lost is computed by another, and none twice."""

from dataclasses import dataclass, field
from random import Random

import pytest

from harness.core.errors import TargetError, UsageError
from harness.scoring.crew import Done, Failed, Lost, Report
from harness.scoring.dispatch import ATTEMPTS, Dispatch
from harness.scoring.units import Load, loads_of, units_of
from harness.scoring.worker import Answer
from tests.scoring.stubs import pairs_of

LOADS = list(loads_of(units_of(pairs_of(40, 2)), tokens=1))


@dataclass
class Unreliable:
    """A crew that answers in any order, and loses loads as its seed says."""

    seed: int = 0
    loses: float = 0.3
    capacity: int = 5
    always_loses: int = -1
    given: list[Load] = field(default_factory=list)
    history: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    @property
    def room(self) -> int:
        return self.capacity - len(self.given)

    def give(self, load: Load) -> None:
        assert self.room > 0
        self.given.append(load)
        self.history.append(load.number)

    def reports(self, seconds: float) -> list[Report]:
        self.random.shuffle(self.given)
        count = self.random.randint(0, len(self.given))
        taken, self.given = self.given[:count], self.given[count:]
        return [self._report(load) for load in taken]

    def _report(self, load: Load) -> Report:
        if load.number == self.always_loses or self.random.random() < self.loses:
            return Lost(load, "a worker was lost", computing=load.number == self.always_loses)
        return Done(load, Answer(tuple((0.0,) * len(unit.documents) for unit in load.units), 1.0), "w")

    def overdue(self, load: Load) -> float:
        return self.seconds

    def give_up(self, load: Load, why: str) -> None:
        raise AssertionError(why)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("seed", range(20))
def test_every_load_is_done_once_whatever_is_lost(seed: int) -> None:
    done = [report.load.number for report in Dispatch(Unreliable(seed)).run(LOADS)]
    assert sorted(done) == [load.number for load in LOADS]


def test_no_more_is_begun_than_there_is_room_for() -> None:
    taken = []
    run = Dispatch(Unreliable(loses=0)).run(load for load in LOADS if not taken.append(load))  # type: ignore[func-returns-value]
    for done, _ in enumerate(run, 1):
        assert len(taken) <= done + 6


def test_scores_in_order_wait_for_a_bounded_number_of_loads() -> None:
    crew, furthest = Unreliable(seed=3, capacity=30), 0
    done = set()
    for report in Dispatch(crew, ahead=8).run(LOADS):
        done.add(report.load.number)
        oldest = next(n for n in range(len(LOADS) + 1) if n not in done)
        furthest = max(furthest, max(crew.history) - oldest)
    assert furthest <= 9


def test_a_load_that_ends_one_worker_after_the_other_is_named() -> None:
    crew = Unreliable(loses=0, always_loses=7)
    with pytest.raises(TargetError, match=f"{ATTEMPTS} workers ended.*'query 7'"):
        list(Dispatch(crew).run(LOADS))
    assert crew.history.count(7) == ATTEMPTS


def test_what_a_worker_says_of_a_load_ends_the_work() -> None:
    crew = Unreliable(loses=0)
    crew._report = lambda load: Failed(load, UsageError("no such model"), "w")  # type: ignore[method-assign]
    with pytest.raises(UsageError, match="no such model"):
        list(Dispatch(crew).run(LOADS))


@pytest.mark.parametrize(("deadline", "seconds"), [(5.0, 5.1), (None, 3_601.0)])
def test_a_worker_that_takes_longer_than_it_may_is_given_up(deadline: float | None, seconds: float) -> None:
    with pytest.raises(AssertionError, match="a worker hung: no answer within"):
        list(Dispatch(Unreliable(seconds=seconds, loses=0, seed=1), deadline).run(LOADS))


def test_what_a_worker_may_take_is_measured_on_those_that_answered() -> None:
    dispatch = Dispatch(Unreliable(loses=0))
    list(dispatch.run(LOADS))
    long = next(loads_of(units_of(pairs_of(1, 2_000))))
    assert dispatch._allowed(long) == pytest.approx(10 * long.tokens * 40 / sum(load.tokens for load in LOADS))


def test_an_answer_that_comes_after_its_worker_was_given_up_counts_once() -> None:
    crew = Unreliable(loses=0)
    crew.reports = lambda seconds: 2 * Unreliable.reports(crew, seconds)  # type: ignore[method-assign]
    assert len(list(Dispatch(crew).run(LOADS))) == len(LOADS)
