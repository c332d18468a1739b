"""How the same work scales: by one process, by one worker of a cluster, by several, and with one of them killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from harness.core.pairs import Pair
from harness.scoring.crew import Crew
from harness.scoring.dispatch import Dispatch
from harness.scoring.ray_crew import RayCrew
from harness.scoring.units import Unit, loads_of, units_of

SCHEMA = "rerank-harness/scaling/1"
#: The share of the units after which a worker is killed.
KILLED_AFTER = 0.3

Seconds = tuple[float, ...]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recovery:
    """One kill: seconds until a worker in its place answered, and what the whole work took."""

    until_replaced: float
    whole: float


@dataclass(frozen=True, slots=True)
class Entry:
    """Units of `documents` documents of `length` tokens, `pairs` in all. `local`, `one` and `many` are seconds, one a
    round, of one process, one worker and all workers; `same_bits` says whether all answers were equal bit for bit.
    """

    documents: int
    length: int
    pairs: int
    local: Seconds
    one: Seconds
    many: Seconds
    recoveries: tuple[Recovery, ...]
    same_bits: bool

    @property
    def overhead(self) -> float:
        """How much longer one worker takes than one process: the median over the rounds, of which each saw both."""
        return float(np.median(np.array(self.one) / np.array(self.local))) - 1

    @property
    def speed_up(self) -> float:
        """How many times as long one worker takes as all of them, likewise."""
        return float(np.median(np.array(self.one) / np.array(self.many)))

    @property
    def lost_by_a_kill(self) -> float:
        """Seconds that a kill cost the whole work, against the median without."""
        return float(np.median([each.whole for each in self.recoveries]) - np.median(self.many))

    @property
    def until_replaced(self) -> float:
        """Seconds until a new worker answered."""
        return float(np.median([each.until_replaced for each in self.recoveries]))

    def as_dict(self) -> dict[str, Any]:
        """The entry with what follows from it."""
        return asdict(self) | {
            "pairs_per_second": self.pairs / float(np.median(self.local)), "overhead": self.overhead,
            "speed_up": self.speed_up, "until_replaced": self.until_replaced, "lost_by_a_kill": self.lost_by_a_kill,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scaling:
    """All entries of one run, and what they depend on. All workers were ready after `started_within` seconds."""

    model: Mapping[str, str]
    device: str
    dtype: str
    hardware: str
    threads: int
    workers: int
    versions: Mapping[str, str | None]
    date: str
    command: str
    started_within: float
    entries: tuple[Entry, ...]

    def as_dict(self) -> dict[str, Any]:
        """The document that `bench --engine ray --json` writes."""
        return {"schema": SCHEMA, **asdict(self), "entries": [entry.as_dict() for entry in self.entries]}


@dataclass(frozen=True, slots=True)
class Crews:
    """What is timed in turns: this process, one worker, and several."""

    local: Crew
    one: RayCrew
    many: RayCrew


def wait_until_ready(crew: RayCrew) -> float:
    """The seconds until all workers were; HarnessError where one cannot be."""
    began = time.perf_counter()
    while len(crew.workers()) < crew.count:
        crew.reports(0.1)
    return time.perf_counter() - began


def entry(crews: Crews, pairs: Sequence[Pair], request: tuple[int, int], rounds: int, tell: Tell) -> Entry:
    """Time the same pairs, in units of `request` (documents, tokens of each), by every crew in turns."""
    units = list(units_of(pairs))
    ways: dict[str, Crew] = {"local": crews.local, "one": crews.one, "many": crews.many}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    answers = []
    for number in range(rounds):
        for name in _turned(list(ways), number):
            tell(f"{name}: round {number + 1} of {rounds}")
            seconds, scores = _timed(ways[name], units)
            taken[name].append(seconds)
            answers.append(scores)
    recoveries = []
    for number in range(rounds):
        tell(f"killed: round {number + 1} of {rounds}")
        recovery, scores = _killed(crews.many, units)
        recoveries.append(recovery)
        answers.append(scores)
    same = all(scores == answers[0] for scores in answers)
    local, one, many = (tuple(taken[name]) for name in ways)
    return Entry(*request, len(pairs), local, one, many, tuple(recoveries), same)


def pairs_of(request: Sequence[Pair], count: int) -> list[Pair]:
    """`count` pairs: the documents of a request again and again, each time for another query of the same words."""
    first = request[0].query.split()
    found: list[Pair] = []
    while len(found) < count:
        turn = len(found) // len(request) % len(first)
        query = " ".join((*first[turn:], *first[:turn])) + f" {len(found) // len(request) // len(first)}"
        found += [replace(pair, query=query) for pair in request]
    return found[:count]


def _turned(names: Sequence[str], number: int) -> Iterator[str]:
    """Each round begins with another."""
    first = number % len(names)
    yield from (*names[first:], *names[:first])


def _timed(crew: Crew, units: Sequence[Unit]) -> tuple[float, dict[int, tuple[float, ...]]]:
    began, scores = time.perf_counter(), dict[int, tuple[float, ...]]()
    for done in Dispatch(crew).run(loads_of(units)):
        scores |= zip((unit.number for unit in done.load.units), done.answer.scores, strict=True)
    return time.perf_counter() - began, scores


def _killed(crew: RayCrew, units: Sequence[Unit]) -> tuple[Recovery, dict[int, tuple[float, ...]]]:
    """As `_timed`, with a worker killed on the way, all of them ready before and after."""
    wait_until_ready(crew)
    began, scores = time.perf_counter(), dict[int, tuple[float, ...]]()
    names: set[str] = set()
    killed: float | None = None
    replaced = 0.0
    for done in Dispatch(crew).run(loads_of(units)):
        scores |= zip((unit.number for unit in done.load.units), done.answer.scores, strict=True)
        if killed is not None and not replaced and done.worker not in names:
            replaced = time.perf_counter() - killed
        if killed is None:
            names.add(done.worker)
            if len(scores) > KILLED_AFTER * len(units):
                killed = time.perf_counter()
                os.kill(crew.workers()[0].process, signal.SIGKILL)
    whole = time.perf_counter() - began
    if killed is not None and not replaced:  # the others were done first: it is ready when it is
        wait_until_ready(crew)
        replaced = time.perf_counter() - killed
    return Recovery(replaced, whole), scores
