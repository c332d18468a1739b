"""The controller's part in a test session over several workers: it alone writes, and says to each what others found."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from harness.core.errors import HarnessError
from harness.core.events import Event, FindingMade, from_json
from harness.engine.suites import benchmarks
from harness.engine.suites.messages import CARRIED, Kind, Message, Plain
from harness.engine.suites.plan import Order, Planned
from harness.engine.suites.scheduling import ByPhase, Node, Scheduler, units_of

if TYPE_CHECKING:
    from harness.engine.relay import Sink
    from harness.engine.suites.folding import Stream
    from harness.engine.suites.recording import Recording
    from harness.engine.suites.written import Written


class Controller:
    """A plugin of the session that hands out tests; `written` gets the run of each device when it begins."""

    def __init__(self, config: pytest.Config, written: list[Written]) -> None:
        self.config = config
        self.written = written
        self.tests: dict[str, Planned] = {}
        self.streams: dict[str, Stream] = {}
        self.recordings: dict[str, Recording] = {}
        self.lines: dict[Node, Any] = {}
        self.told: list[Plain] = []

    def pytest_configure_node(self, node: Node) -> None:
        """Give a worker a line of its own; one that takes the place of a crashed one knows what that one knew."""
        line = node.gateway.newchannel()
        line.setcallback(self._hear_plan)
        self.lines[node] = line
        node.workerinput[CARRIED] = {"line": line, "told": list(self.told)}

    @pytest.hookimpl(wrapper=True)
    def pytest_xdist_make_scheduler(self) -> Generator[None, Any, Any]:
        """Hand out by phases where a verification is among the tests."""
        usual = yield
        return Scheduler(usual, partial(self._by_phase, usual))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a worker told with a report."""
        self._take(getattr(report, "worker_id", "a worker"), vars(report).pop(CARRIED, ()))

    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> None:
        """A check whose process died is told as an error: it was neither passed nor failed, and it is not lost."""
        test = self.tests.get(crashitem)
        if test is None or not test.check:
            return
        from harness.checks.registry import find

        with telling():
            told = self._stream(test.device).crashed(find(test.check), str(report.longrepr))
            self._say_findings(test.device, told)

    def pytest_testnodedown(self, node: Node) -> None:
        """Take what a worker told last."""
        self.lines.pop(node, None)
        told = getattr(node, "workeroutput", {}).get(CARRIED)
        if told is not None:
            self._take(node.gateway.id, told["messages"])
            benchmarks.show(self.config, told["benchmarks"])

    def pytest_sessionfinish(self) -> None:
        """Nothing comes any more: write the reports."""
        with telling():
            for stream in self.streams.values():
                stream.close()
            for written in self.written:
                written.close()

    def _hear_plan(self, tests: Iterable[Sequence[Any]]) -> None:
        self.tests.update((test.nodeid, test) for test in (Planned(*plain) for plain in tests))

    def _by_phase(self, usual: Any, nodes: list[Node], collection: Sequence[str]) -> ByPhase | None:
        """The scheduler of a session with a verification in it."""
        if not self.tests:
            return None
        if self.config.getoption("dist") == "each":
            pytest.exit("rerank-harness: --dist each would verify the same several times; leave it out", returncode=2)
        order = Order.of(collection, self.tests)
        return ByPhase(nodes, collection, order, units_of(order, collection, self.tests, usual), self._say_last)

    def _say_last(self, node: Node, device: str) -> None:
        self._send(self.lines[node], Message.saying(Kind.LAST, device))

    def _say(self, message: Message) -> None:
        """Tell all workers, and those that come later."""
        self.told.append(message.plain)
        for line in self.lines.values():
            self._send(line, message)

    def _send(self, line: Any, message: Message) -> None:
        with contextlib.suppress(OSError):  # the worker is gone, which xdist will notice
            line.send(message.plain)

    def _take(self, worker: str, told: Iterable[Plain]) -> None:
        """What a worker told with one report."""
        events: dict[str, list[Event]] = {}
        with telling():
            for message in map(Message.of, told):
                if message.kind is Kind.EVENT:
                    events.setdefault(message.device, []).append(from_json(message.text))
                else:
                    self._heed(message)
            for device, each in events.items():
                self._stream(device).take(worker, each)
                self._say_findings(device, each)

    def _heed(self, message: Message) -> None:
        match message.kind:
            case Kind.REFUSED:
                status, why = message.content
                pytest.exit(f"rerank-harness: {why}", returncode=status)
            case Kind.RECORDED:
                self._record(message)
            case _:
                self._say(message)

    def _say_findings(self, device: str, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, FindingMade):
                self._say(Message.event(device, event))

    def _record(self, message: Message) -> None:
        from harness.engine.suites.recording import Recording

        if message.device not in self.recordings:
            self.recordings[message.device] = Recording(self.config.getoption("--rerank-record"))
        self.recordings[message.device](message.content)

    def _stream(self, device: str) -> Stream:
        from harness.engine.suites.folding import Stream

        if device not in self.streams:
            self.streams[device] = Stream(device, partial(self._begin, device))
        return self.streams[device]

    def _begin(self, device: str) -> Sink:
        from harness.engine.suites.written import Written

        self.written.append(Written.begin(self.config.getoption("--rerank-out"), device))
        return self.written[-1].log


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """A user's mistake, or a folder that cannot be written, ends the session with one line."""
    try:
        yield
    except HarnessError as error:
        pytest.exit(f"rerank-harness: {error}", returncode=error.exit_status)
