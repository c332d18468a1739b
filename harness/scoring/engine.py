"""Which crew does the work: what a user asked for, made into workers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.core.errors import UsageError
from harness.scoring.cluster import Cluster, connected
from harness.scoring.crew import Crew
from harness.scoring.here import InProcess, Servers
from harness.scoring.placement import Need, placed
from harness.scoring.ray_crew import PLACED_WITHIN, RayCrew
from harness.scoring.worker import Identity, Opening, identity

#: A crew, and what each of its workers is like.
Hired = tuple[Crew, Identity]


class Kind(StrEnum):
    """Where units are scored."""

    LOCAL = "local"
    RAY = "ray"


@dataclass(frozen=True, slots=True)
class Engine:
    """What was asked for: `workers` None is one a core, or one a request that the servers may have at once."""

    kind: Kind = Kind.LOCAL
    workers: int | None = None
    address: str | None = None
    deadline: float | None = None
    """Seconds that a worker may take for one load; measured where None."""

    def __post_init__(self) -> None:
        """UsageError for what does not go together."""
        if self.kind is Kind.LOCAL and (self.workers or self.address):
            option = "--workers" if self.workers else "--ray-address"
            raise UsageError(f"{option} is for --engine ray; --engine local works in one process")
        if self.kind is Kind.RAY:
            Cluster.named(self.address, 1)

    def __str__(self) -> str:
        """In words."""
        if self.kind is Kind.LOCAL:
            return "this process"
        count = {None: "workers", 1: "a worker"}.get(self.workers, f"{self.workers} workers")
        return f"Ray: {count} at {self.address}" if self.address else f"Ray: {count} of this machine"

    @contextlib.contextmanager
    def crew(self, openings: Sequence[Opening], need: Need, limit: int | None = None) -> Iterator[Hired]:
        """A crew over `openings`, and what it is like, for as long as the block lasts. `limit` is how many requests
        each of them may have at once, where they are servers.

        UsageError for what is missing, TargetError where a server or a cluster does not answer.
        """
        if self.kind is Kind.RAY:
            with self._ray(openings, need, limit) as hired:
                yield hired
            return
        crew: Crew = InProcess(openings[0].open()) if limit is None else Servers(openings, limit)
        with contextlib.closing(crew):
            yield crew, identity(openings[0])

    @contextlib.contextmanager
    def _ray(self, openings: Sequence[Opening], need: Need, limit: int | None) -> Iterator[Hired]:
        count = self._count(len(openings), need, limit)
        like = identity(openings[0])
        with connected(Cluster.named(self.address, count * need.cores)) as ray:
            crew = RayCrew(ray, openings, count, placed(ray, need), like, self._patience)
            with contextlib.closing(crew):
                crew.await_first()
                yield crew, like

    @property
    def _patience(self) -> float:
        """Seconds that a worker may take to be ready: a deadline is as long as somebody is willing to wait."""
        return max(PLACED_WITHIN, self.deadline or 0.0)

    def _count(self, openings: int, need: Need, limit: int | None) -> int:
        if limit is None:
            return self.workers or need.usual
        most = openings * limit
        if self.workers is not None and not openings <= self.workers <= most:
            raise UsageError(
                f"--workers {self.workers}: expected from {openings}, one a server, to {most}, as each server is asked "
                f"at most {limit} at once (--concurrency)"
            )
        return self.workers or most


#: One process, as where nobody says anything else.
HERE = Engine()
