"""The crew of one process: itself, or threads that ask servers and wait for them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from harness.core.errors import HarnessError
from harness.scoring.crew import Done, Failed, Lost, Report, is_gone
from harness.scoring.units import Load
from harness.scoring.worker import Answer, Opening, Scorer, Worker, close


@dataclass
class InProcess:
    """The process at hand computes, one load at a time, while reports are waited for."""

    scorer: Scorer
    _given: Load | None = None

    @property
    def room(self) -> int:
        """One load."""
        return int(self._given is None)

    def give(self, load: Load) -> None:
        """Keep it until reports are wanted."""
        self._given = load

    def reports(self, seconds: float) -> list[Report]:
        """The load that was given, computed now; what goes wrong is raised where it happens."""
        load, self._given = self._given, None
        if load is None:
            return []
        began = time.perf_counter()
        scores = tuple(tuple(self.scorer.score(u.query, u.documents, u.instruction)) for u in load.units)
        return [Done(load, Answer(scores, time.perf_counter() - began), "this process")]

    def overdue(self, load: Load) -> float:
        """Never: nobody could end it."""
        return 0.0

    def give_up(self, load: Load, why: str) -> None:
        """Nothing: a load is done before anybody can ask."""

    def close(self) -> None:
        """Give back what the scorer holds."""
        close(self.scorer)


@dataclass
class Servers:
    """Threads that ask several servers, at most `limit` requests at once each. A server that is gone is asked no more;
    what it had not answered goes to the others.
    """

    openings: Sequence[Opening]
    limit: int
    _workers: dict[str, Worker] = field(default_factory=dict)
    _opened: list[Worker] = field(default_factory=list)
    _busy: dict[Future[Answer | HarnessError], tuple[Load, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open all of them; HarnessError of the first that cannot be."""
        for opening in self.openings:
            worker = Worker(opening)
            ready = worker.ready()
            if isinstance(ready, HarnessError):
                raise ready
            self._workers[opening.name] = worker
            self._opened.append(worker)
        self._pool = ThreadPoolExecutor(self.limit * len(self.openings), thread_name_prefix="ask")

    @property
    def room(self) -> int:
        """Requests that the servers still take."""
        return self.limit * len(self._workers) - len(self._busy)

    def give(self, load: Load) -> None:
        """Ask the server that has the fewest requests."""
        asked = [name for _, name in self._busy.values()]
        name = min(self._workers, key=asked.count)
        self._busy[self._pool.submit(self._workers[name].score, load)] = load, name

    def reports(self, seconds: float) -> list[Report]:
        """What the servers answered; TargetError of the last one where none is left."""
        done, _ = wait(self._busy, timeout=seconds, return_when=FIRST_COMPLETED)
        return [self._report(future, *self._busy.pop(future)) for future in done]

    def _report(self, future: Future[Answer | HarnessError], load: Load, name: str) -> Report:
        answer = future.result()
        if isinstance(answer, Answer):
            return Done(load, answer, name)
        if not is_gone(answer) or self._workers.keys() <= {name}:
            return Failed(load, answer, name)
        was_asked = self._workers.pop(name, None) is not None
        return Lost(load, f"{name} is gone ({answer}) and is asked no more", computing=was_asked)

    def overdue(self, load: Load) -> float:
        """Never: a request has a time-out of its own."""
        return 0.0

    def give_up(self, load: Load, why: str) -> None:
        """Nothing: a request has a time-out of its own."""

    def close(self) -> None:
        """Ask for nothing more, and give back the connections once the last requests are answered or given up."""
        self._pool.shutdown(cancel_futures=True)
        for worker in self._opened:
            worker.close()
