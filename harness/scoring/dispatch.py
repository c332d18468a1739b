"""Hands out loads and takes in scores: a load whose worker is lost is computed by another, and none twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from harness.core.errors import TargetError
from harness.scoring.crew import Crew, Done, Failed, Lost, Report
from harness.scoring.units import Load

#: Workers that one load may end before it is taken for the reason of their end.
ATTEMPTS = 5
#: How often a crew that says nothing is looked after, in seconds.
LOOK = 1.0
#: A worker may take this many times as long as its tokens took others on average: on a busy machine threads that wait
#: for each other were seen to take ten times as long (`engine.threads`). A false alarm costs one load computed again...
PATIENCE = 10
#: ...and this many seconds in any case; or this many while nothing is known of how long tokens take.
LEAST, UNKNOWN = 60.0, 3_600.0

Told = Callable[[str], None]


@dataclass
class Dispatch:
    """One distribution of loads over a crew. `deadline` are the seconds that a load may take, measured where None.
    `ahead` bounds how many loads are begun before the oldest unfinished one is done: who puts scores in order holds no
    more of them.
    """

    crew: Crew
    deadline: float | None = None
    ahead: int | None = None
    tell: Told = lambda what: None
    _under_way: dict[int, Load] = field(default_factory=dict)
    _again: deque[Load] = field(default_factory=deque)
    _ended: dict[int, int] = field(default_factory=dict)
    _all_given: bool = False
    _seconds: float = 0.0
    _tokens: int = 0

    def run(self, loads: Iterable[Load]) -> Iterator[Done]:
        """Every load once with its scores, in the order in which they are done. Takes no more of `loads` than there is
        room for.

        HarnessError: what a worker says of a load, or TargetError where a load ends one worker after the other.
        """
        left = iter(loads)
        self._fill(left)
        while self._under_way or self._again or not self._all_given:
            for report in self.crew.reports(LOOK):
                if (done := self._settled(report)) is not None:
                    yield done
            self._look_after()
            self._fill(left)

    def _fill(self, left: Iterator[Load]) -> None:
        while self.crew.room > 0 and (self._again or not self._too_far()):
            load = self._again.popleft() if self._again else next(left, None)
            if load is None:
                self._all_given = True
                return
            self._under_way[load.number] = load
            self.crew.give(load)

    def _too_far(self) -> bool:
        waiting = self._under_way.keys()
        return self.ahead is not None and bool(waiting) and max(waiting) - min(waiting) >= self.ahead

    def _settled(self, report: Report) -> Done | None:
        load = self._under_way.pop(report.load.number, None)
        if load is None:  # a worker that was given up has answered after all
            return None
        match report:
            case Failed(error=error):
                raise error
            case Lost():
                self._take_back(report)
                return None
        self._seconds += report.answer.seconds
        self._tokens += load.tokens
        return report

    def _take_back(self, lost: Lost) -> None:
        """Have it computed before anything new; TargetError where it seems to be what ends workers."""
        number = lost.load.number
        self._ended[number] = self._ended.get(number, 0) + lost.computing
        if self._ended[number] >= ATTEMPTS:
            first = lost.load.units[0]
            raise TargetError(
                f"{ATTEMPTS} workers ended one after the other while they computed the {len(first.documents)} "
                f"documents of the query {first.query[:60]!r} (last: {lost.why}); score these alone to see why"
            )
        self._again.append(lost.load)
        if lost.computing:
            self.tell(f"{lost.why}; what it had begun is computed again")

    def _look_after(self) -> None:
        for load in list(self._under_way.values()):
            allowed = self._allowed(load)
            if self.crew.overdue(load) > allowed:
                self.crew.give_up(load, f"a worker hung: no answer within {allowed:.0f} s")

    def _allowed(self, load: Load) -> float:
        if self.deadline is not None:
            return self.deadline
        if not self._tokens:
            return UNKNOWN
        return max(LEAST, PATIENCE * load.tokens * self._seconds / self._tokens)
