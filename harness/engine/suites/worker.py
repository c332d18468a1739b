"""A worker's part in a test session: tells what happens with its reports, and hears what others have found."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.core.events import FindingMade, from_json
from harness.core.findings import Finding
from harness.engine.suites import benchmarks, cores
from harness.engine.suites.device_lock import held
from harness.engine.suites.messages import CARRIED, Kind, Message, Plain
from harness.engine.suites.plan import planned


@dataclass
class Heard:
    """What all workers together know of the run of a device."""

    findings: list[Finding] = field(default_factory=list)
    scores: dict[int, float] = field(default_factory=dict)
    noise: bool = False
    dead: str | None = None
    ends_here: bool = False
    """Whether it is this worker that ends the run."""

    def take(self, message: Message) -> None:
        """Take what the controller says."""
        match message.kind:
            case Kind.EVENT if isinstance(event := from_json(message.text), FindingMade):
                self.findings.append(event.finding)
            case Kind.SCORES:
                self.scores |= {int(place): score for place, score in message.content}
            case Kind.NOISE:
                self.noise = True
            case Kind.DEAD:
                self.dead = message.content
            case Kind.LAST:
                self.ends_here = True


class Worker:
    """A plugin of the session of a worker."""

    def __init__(self, config: pytest.Config, given: Mapping[str, Any]) -> None:
        self.config = config
        self.workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
        self.heard: dict[str, Heard] = defaultdict(Heard)
        self.outbox: list[Message] = []
        for plain in given["told"]:
            self._hear(plain)
        # called by the thread that receives, in the order in which the controller sends: what was found before a test
        # is handed out is heard before the test begins
        self.line = given["line"]
        self.line.setcallback(self._hear)

    def _hear(self, plain: Plain) -> None:
        message = Message.of(plain)
        self.heard[message.device].take(message)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell what the tests are; the controller reads this before it hears that the collection is complete."""
        ours = [test for item in session.items if (test := planned(item)) is not None]
        self.line.send([test.plain for test in ours])
        benchmarks.are_all_timed(self.config, session.items, [test.nodeid for test in ours])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Hold the device while a test uses it; what is kept apart can be timed."""
        test = planned(item)
        with contextlib.ExitStack() as holding:
            if test is not None:
                holding.enter_context(held(test.device, alone=test.apart))
            if test is not None and test.apart:
                holding.enter_context(benchmarks.timed(self.config))
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Compute beside the other workers, where a test may run beside theirs."""
        test = planned(item)
        with cores.shared(self.workers) if test is not None and not test.apart else contextlib.nullcontext():
            yield

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What has happened since the last report goes with this one."""
        vars(report)[CARRIED] = self._drained()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """What has happened since the last report goes with the end of the session."""
        output: dict[str, Any] = session.config.workeroutput  # type: ignore[attr-defined]  # of xdist
        output[CARRIED] = {"messages": self._drained(), "benchmarks": benchmarks.figures(self.config)}

    def _drained(self) -> list[Plain]:
        drained = [message.plain for message in self.outbox]
        self.outbox.clear()
        return drained
