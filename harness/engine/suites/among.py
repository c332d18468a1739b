"""A run in one process among several: what it is told before a check, what it tells after it, and who ends it."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import pytest

from harness.checks.context import Context
from harness.checks.registry import all_checks
from harness.core.errors import HarnessError
from harness.core.findings import Finding
from harness.core.pairs import Pair
from harness.engine.relay import Sink
from harness.engine.setup import Request
from harness.engine.suites.messages import Kind, Message
from harness.engine.suites.recording import ToldRecorder
from harness.engine.suites.worker import Heard
from harness.targets.recorded import Recorder

if TYPE_CHECKING:
    from harness.engine.pytest_run import DeviceRun


@dataclass
class Memory:
    """What this worker's target has answered for a device, and how much of it the others have been told."""

    asked: dict[Pair, float] = field(default_factory=dict)
    seen: int = 0
    told: set[int] = field(default_factory=set)
    noise: bool = False


@dataclass
class Among:
    """The place of runs in a worker. It writes nothing: `tell` is what the controller hears, `heard` what it says."""

    tell: Callable[[Message], None]
    heard: dict[str, Heard]
    memories: dict[str, Memory] = field(default_factory=lambda: defaultdict(Memory))

    def begin(self, request: Request, context: Context | None) -> Sink:
        """Have the run's events told, and know what its target answers."""
        memory = self.memories[request.device] = Memory()
        if context is not None:
            context.ask_through(context.target, memory.asked)
            if isinstance(recorder := context.target, Recorder):
                told = ToldRecorder(recorder.target, recorder.path, tell=self._saying(Kind.RECORDED, request.device))
                context.ask_through(told, memory.asked)
        return lambda event: self.tell(Message.event(request.device, event))

    def refuse(self, error: HarnessError) -> NoReturn:
        """The controller ends the session, and says why."""
        self.tell(Message.saying(Kind.REFUSED, "", [error.exit_status, str(error)]))
        pytest.fail(f"rerank-harness: {error}", pytrace=False)

    @contextlib.contextmanager
    def judging(self, run: DeviceRun) -> Iterator[None]:
        """Before a check: what all of them have found so far. After it: what this worker now knows."""
        heard = self.heard[run.device]
        known = run.dead = run.dead or heard.dead
        if run.session is not None:
            run.session.findings[:] = in_order((*heard.findings, *run.session.findings))
        yield
        if run.dead != known:
            self.tell(Message.saying(Kind.DEAD, run.device, run.dead))
        if run.session is not None:
            self._hand_over(run.device, run.session.context)

    def close(self, run: DeviceRun) -> None:
        """End the run where that is this worker's part, knowing what the others do."""
        heard = self.heard[run.device]
        if heard.ends_here:
            with self.judging(run):
                if run.session is not None:
                    self._take_over(heard, run.device, run.session.context)
                run.end()
        run.release()

    def _hand_over(self, device: str, context: Context) -> None:
        """Tell what the end of the run is made from: the judged pairs that were asked, and that noise was measured."""
        memory = self.memories[device]
        if len(memory.asked) > memory.seen:
            memory.seen = len(memory.asked)
            new = [
                (place, memory.asked[pair]) for place, pair in enumerate(context.judged_pairs)
                if place not in memory.told and pair in memory.asked
            ]  # fmt: skip
            memory.told.update(place for place, _ in new)
            self.tell(Message.saying(Kind.SCORES, device, new))
        if not memory.noise and "noise" in vars(context):
            memory.noise = True
            self.tell(Message.saying(Kind.NOISE, device))

    def _take_over(self, heard: Heard, device: str, context: Context) -> None:
        """Know what other workers asked and measured, as if it had been done here."""
        asked = self.memories[device].asked
        for place, score in heard.scores.items():
            asked.setdefault(context.judged_pairs[place], score)
        if heard.noise:
            context.noise, context.movement  # noqa: B018 - measured anew: that they were is told at the end of the run

    def _saying(self, kind: Kind, device: str) -> Callable[[str], None]:
        return lambda content: self.tell(Message.saying(kind, device, content))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order in which checks run, each once: what comes first decides what a later check is told."""
    places = {check.id: place for place, check in enumerate(all_checks())}
    each = {(finding.check, finding.subject): finding for finding in findings}
    return sorted(each.values(), key=lambda finding: places[finding.check])
