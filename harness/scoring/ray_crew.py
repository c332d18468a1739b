"""Workers of a Ray cluster: each an actor with a model of its own, replaced when it ends.

Ray would retry by itself; it is told not to, so that what was computed again, and why, is known here.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.core.errors import HarnessError, TargetError, UsageError, in_one_line
from harness.scoring.crew import Done, Failed, Lost, Report, is_gone
from harness.scoring.placement import Placement
from harness.scoring.units import Load
from harness.scoring.worker import Answer, Identity, Opening, Worker

#: Loads of a worker at once: the one it computes, and the next, so that it never waits for us.
DEPTH = 2
#: Workers that end before they are ready, with none between them that is, after which no more are started.
STILLBORN = 3
#: Seconds in which a worker has to be placed and ready where there is none.
PLACED_WITHIN = 300.0
#: Seconds between two tries where the object store has no room for another load, and how long these go on.
FULL, FULL_FOR_GOOD = 0.5, 300.0


@dataclass(eq=False)
class _Member:
    """An actor. `starting` is what it will say of itself; `loads` are those given to it, the first being computed."""

    name: str
    opening: Opening
    actor: Any
    starting: Any
    loads: deque[tuple[Any, Load]] = field(default_factory=deque)
    identity: Identity | None = None
    since: float = 0.0

    @property
    def waited_for(self) -> Any:
        """What it will answer next; None where it has nothing to do."""
        if self.identity is None:
            return self.starting
        return self.loads[0][0] if self.loads else None


@dataclass
class RayCrew:
    """`count` workers over the openings in turn, each placed as `placement` says. All must be as `like` is: the same
    program, packages and model. Workers that the cluster has no room for yet join when a node brings it.
    """

    ray: Any
    openings: Sequence[Opening]
    count: int
    placement: Placement
    like: Identity
    placed_within: float = PLACED_WITHIN
    _members: list[_Member] = field(default_factory=list)
    _lost: list[Lost] = field(default_factory=list)
    _hired: int = 0
    _stillborn: int = 0
    _none_since: float | None = None
    _full_until: float = 0.0
    _full_since: float | None = None

    def __post_init__(self) -> None:
        """Ask the cluster for all workers; none is waited for."""
        self._none_since = time.monotonic()
        self._actor = self.ray.remote(Worker).options(max_restarts=0, max_task_retries=0, **self.placement.options())
        for number in range(self.count):
            self._hire(self.openings[number % len(self.openings)])

    def await_first(self) -> None:
        """Wait until a worker is ready, so that what keeps all of them from it is told before anything is written;
        UsageError and TargetError as from `reports`.
        """
        while not self.workers():
            self.reports(FULL)

    @property
    def room(self) -> int:
        """Loads that the workers which are ready still take."""
        if time.monotonic() < self._full_until:
            return 0
        return sum(DEPTH - len(member.loads) for member in self._ready())

    def give(self, load: Load) -> None:
        """To the worker that has the fewest; where the object store is full, back to whoever gave it, and no room is
        told for a moment.
        """
        member = min(self._ready(), key=lambda member: len(member.loads))
        try:
            answer = member.actor.score.remote(load)
        except (self.ray.exceptions.ObjectStoreFullError, self.ray.exceptions.OutOfDiskError) as error:
            self._find_no_room(load, error)
            return
        self._full_since = None
        if not member.loads:
            member.since = time.monotonic()
        member.loads.append((answer, load))

    def reports(self, seconds: float) -> list[Report]:
        """What workers answered, and what lost ones had; UsageError where one is not like the others, TargetError where
        no worker comes to be, or none is left.
        """
        if self._lost:
            lost, self._lost = self._lost, []
            return list(lost)
        waited_for = {member.waited_for: member for member in self._members if member.waited_for is not None}
        if not waited_for:
            time.sleep(min(seconds, FULL))
            return []
        done, _ = self.ray.wait(list(waited_for), num_returns=1, timeout=seconds)
        more, _ = self.ray.wait([one for one in waited_for if one not in done], timeout=0) if done else ([], [])
        self._refuse_to_wait_for_ever()
        return [report for answer in (*done, *more) for report in self._heard(waited_for[answer], answer)]

    def workers(self) -> tuple[Identity, ...]:
        """Those that are ready."""
        return tuple(member.identity for member in self._members if member.identity is not None)

    def overdue(self, load: Load) -> float:
        """Seconds since its worker has begun with it."""
        member = self._computing(load)
        return 0.0 if member is None else time.monotonic() - member.since

    def give_up(self, load: Load, why: str) -> None:
        """Kill the worker; what it had is reported as lost."""
        if (member := self._computing(load)) is not None:
            self._lost += self._replace(member, f"{why} ({self._where(member)})")

    def close(self) -> None:
        """Kill all workers."""
        for member in self._members:
            self.ray.kill(member.actor)
        self._members.clear()

    def _find_no_room(self, load: Load, error: Exception) -> None:
        """Try later; TargetError where there has been no room for long."""
        now = time.monotonic()
        self._full_since = self._full_since or now
        if now - self._full_since > FULL_FOR_GOOD:
            raise TargetError(f"Ray's object store has had no room for {FULL_FOR_GOOD:.0f} s: {in_one_line(error)}")
        self._full_until = now + FULL
        self._lost.append(Lost(load, "the object store is full", computing=False))

    def _ready(self) -> list[_Member]:
        return [m for m in self._members if m.identity is not None and len(m.loads) < DEPTH]

    def _computing(self, load: Load) -> _Member | None:
        return next((m for m in self._members if m.loads and m.loads[0][1] is load), None)

    def _hire(self, opening: Opening) -> None:
        self._hired += 1
        actor = self._actor.remote(opening)
        self._members.append(_Member(f"worker {self._hired}", opening, actor, actor.ready.remote()))

    def _heard(self, member: _Member, answer: Any) -> Iterator[Report]:
        if member not in self._members:  # ended by what was heard just before
            return
        try:
            said = self.ray.get(answer)
        except self.ray.exceptions.RayError as error:
            yield from self._ended(member, error)
            return
        if member.identity is None:
            self._welcome(member, said)
            return
        _, load = member.loads.popleft()
        member.since = time.monotonic()
        if isinstance(said, Answer):
            yield Done(load, said, member.name)
        elif is_gone(said) and self._others(member):
            yield Lost(load, f"{member.opening.name} is gone ({said}) and is asked no more", computing=True)
            yield from self._dismiss_all_of(member.opening)
        else:
            yield Failed(load, said, member.name)

    def _welcome(self, member: _Member, said: Identity | HarnessError) -> None:
        if isinstance(said, HarnessError):
            raise said
        if differing := self.like.differing(said):
            raise UsageError(
                f"{member.name} on {said} is not like this process: {'; '.join(differing[:3])}; "
                "install the same everywhere"
            )
        member.identity, self._none_since, self._stillborn = said, None, 0

    def _ended(self, member: _Member, error: Exception) -> Iterator[Report]:
        if member.identity is None:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise TargetError(f"{STILLBORN} workers ended before they were ready; the last: {in_one_line(error)}")
        yield from self._replace(member, f"{self._where(member)} was lost ({type(error).__name__})")

    def _replace(self, member: _Member, why: str) -> list[Lost]:
        """Another worker in its place; what it had been given is lost."""
        lost = self._dismiss(member, why)
        self._hire(member.opening)
        return lost

    def _dismiss(self, member: _Member, why: str) -> list[Lost]:
        self._members.remove(member)
        self.ray.kill(member.actor)
        return [Lost(load, why, computing=place == 0) for place, (_, load) in enumerate(member.loads)]

    def _dismiss_all_of(self, opening: Opening) -> Iterator[Lost]:
        """No worker any more for what is gone."""
        for member in [m for m in self._members if m.opening.name == opening.name]:
            yield from self._dismiss(member, f"{opening.name} is gone")

    def _others(self, member: _Member) -> bool:
        return any(other.opening.name != member.opening.name for other in self._members)

    @staticmethod
    def _where(member: _Member) -> str:
        return member.name if member.identity is None else f"{member.name} on {member.identity}"

    def _refuse_to_wait_for_ever(self) -> None:
        """TargetError where there has been no worker that is ready for long."""
        now = time.monotonic()
        if self.workers():
            return
        self._none_since = self._none_since or now
        if now - self._none_since < self.placed_within:
            return
        there = {name: n for name, n in self.ray.available_resources().items() if name in ("CPU", "GPU")}
        raise TargetError(
            f"no worker was ready within {self.placed_within:.0f} s: each needs {self.placement}, free are {there}; "
            "ask for fewer with --workers, or add a node"
        )
