"""Many verifications at once: never more than wanted, and never two that occupy the same."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

R = TypeVar("R", covariant=True)


class Job(Protocol[R]):
    """Something under way."""

    def outcome(self) -> R:
        """Wait for its end."""

    def stop(self) -> None:
        """Have it end now."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to be started: its name, and what it occupies."""

    name: str
    place: str


@dataclass
class Runner(Generic[R]):
    """Starts what waits, in its order, as soon as there is room and its place is free."""

    start: Callable[[str], Job[R]]
    at_once: int
    _running: dict[Future[R], tuple[Waiting, Job[R]]] = field(default_factory=dict)

    def outcomes(self, waiting: Sequence[Waiting]) -> Generator[tuple[str, R], None, None]:
        """What became of each, as they end. All that is still under way when this is left is stopped."""
        left = list(waiting)
        with ThreadPoolExecutor(self.at_once) as pool:
            try:
                while left or self._running:
                    for each in self._startable(left):
                        left.remove(each)
                        job = self.start(each.name)
                        self._running[pool.submit(job.outcome)] = (each, job)
                    yield from self._ended()
            finally:
                for _, job in self._running.values():
                    job.stop()

    def _startable(self, left: Sequence[Waiting]) -> list[Waiting]:
        busy = {each.place for each, _ in self._running.values()}
        found: list[Waiting] = []
        for each in left:
            if each.place not in busy and len(self._running) + len(found) < self.at_once:
                busy.add(each.place)
                found.append(each)
        return found

    def _ended(self) -> Iterator[tuple[str, R]]:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            each, _ = self._running.pop(future)
            yield each.name, future.result()
