"""How many are under way at once, and which not together."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from harness.fleet.running import Runner, Waiting


@dataclass
class Watch:
    """Jobs that take a moment, and what was under way together."""

    places: dict[str, str]
    under_way: set[str] = field(default_factory=set)
    seen: list[frozenset[str]] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str) -> "Job":
        with self.lock:
            self.under_way.add(name)
            self.seen.append(frozenset(self.under_way))
        return Job(self, name)


@dataclass
class Job:
    watch: Watch
    name: str
    ends: threading.Event = field(default_factory=threading.Event)

    def outcome(self) -> str:
        self.ends.wait(0.02)
        with self.watch.lock:
            self.watch.under_way.remove(self.name)
        return self.name.upper()

    def stop(self) -> None:
        self.watch.stopped.append(self.name)
        self.ends.set()


PLACES = {"a1": "a", "a2": "a", "b1": "b", "c1": "c", "a3": "a", "c2": "c"}
WAITING = [Waiting(name, place) for name, place in PLACES.items()]


@pytest.fixture
def watch() -> Watch:
    return Watch(PLACES)


def test_every_outcome_is_told_by_its_name(watch: Watch) -> None:
    assert dict(Runner(watch.start, 4).outcomes(WAITING)) == {name: name.upper() for name in PLACES}


def test_two_of_one_place_are_never_under_way_together(watch: Watch) -> None:
    list(Runner(watch.start, 6).outcomes(WAITING))
    assert all(len({PLACES[name] for name in together}) == len(together) for together in watch.seen)
    assert max(map(len, watch.seen)) == 3


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_are_under_way_than_wanted(most: int, watch: Watch) -> None:
    list(Runner(watch.start, most).outcomes(WAITING))
    assert max(map(len, watch.seen)) == most


def test_what_is_under_way_is_stopped_where_nobody_waits_any_longer(watch: Watch) -> None:
    with closing(Runner(watch.start, 3).outcomes(WAITING)) as outcomes:
        next(outcomes)
    assert set(watch.stopped) <= set(PLACES)
    assert watch.under_way == set()


def test_nothing_to_do_is_done_at_once(watch: Watch) -> None:
    found: Iterator[tuple[str, str]] = Runner(watch.start, 2).outcomes([])
    assert list(found) == []
