"""From what several workers tell to the one stream of a device's run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.checks.registry import Check
from harness.core.errors import UsageError
from harness.core.events import (
    CheckFinished,
    CheckStarted,
    DeviceUnavailable,
    Event,
    FindingMade,
    Noted,
    RunFinished,
    RunStarted,
)
from harness.core.findings import Finding
from harness.core.vocabulary import Status
from harness.engine.opening import request_of
from harness.engine.relay import Relay, Sink
from harness.engine.session import reproduce


@dataclass
class Stream:
    """The events of one device's run. Every worker opens the run for itself: the first to say so begins it, and what
    the others say of the same is left out. A check's events come from one worker and stay together.
    """

    device: str
    open: Callable[[], Sink]
    """Makes the place that the stream is written to, when there is something to write."""
    begin: RunStarted | None = None
    end: RunFinished | None = None
    relay: Relay = field(default_factory=Relay)
    asides: list[Event] = field(default_factory=list)
    """Notes from outside of checks, each told once."""
    cut_off: list[Event] = field(default_factory=list)
    """What was told of checks that did not come to their end; it comes behind all others."""
    ended: set[str] = field(default_factory=set)
    """The checks that did."""

    def take(self, worker: str, events: Sequence[Event]) -> None:
        """What a worker told with one report. UsageError where it verifies something else than the others do."""
        check: list[Event] = []
        for event in events:
            if isinstance(event, CheckStarted) or check:
                check.append(event)
            else:
                self._outside(worker, event)
            if isinstance(event, CheckFinished):
                self._pass_on(check)
                check = []
        self.cut_off += check

    def crashed(self, check: Check, why: str) -> list[Event]:
        """The check that a worker was in when its process ended came to no other end than this; returns its events, of
        which there are none where all of it had been told before.
        """
        if check.id in self.ended:
            return []
        finding = Finding(
            check=check.id, title=check.title, area=check.area, stage=check.stage, status=Status.ERROR,
            severity=check.severity, device=self.device, message=f"the process that ran the check died: {why}",
            value=None, limit=None, margin=None, unit="", evidence="", remedy="run it alone to see what ends it",
            subject="", reproduce=self._reproduce(check), seconds=0.0,
        )  # fmt: skip
        told: list[Event] = [CheckStarted(check.id), FindingMade(finding), CheckFinished(check.id)]
        self._pass_on(told)
        return told

    def close(self) -> None:
        """Nothing comes any more."""
        self._pass_on(self.cut_off if self.end is None else [*self.cut_off, self.end])

    def _outside(self, worker: str, event: Event) -> None:
        match event:
            case RunStarted() if self.begin is None:
                self.begin = event
                self.relay.attach(self.open())
                self.relay(event)
            case RunStarted():
                self._compare(worker, event)
            case RunFinished():
                self.end = event
            case Noted() | DeviceUnavailable():
                if event not in self.asides:
                    self.asides.append(event)
                    self.relay(event)
            case _:
                self.relay(event)

    def _pass_on(self, events: Sequence[Event]) -> None:
        for event in events:
            self.relay(event)
        self.ended.update(event.check for event in events if isinstance(event, CheckFinished))

    def _compare(self, worker: str, other: RunStarted) -> None:
        """Another environment is told; another target, model or input is no part of this run."""
        assert self.begin is not None
        for name in ("target", "model", "inputs"):
            for told in _differing(getattr(self.begin, name), getattr(other, name)):
                raise UsageError(f"{worker} does not verify what the other workers do: {name} {told}")
        for told in _differing(self.begin.environment, other.environment):
            self._outside(worker, Noted("workers", f"a worker has another environment: {told}"))

    def _reproduce(self, check: Check) -> str:
        if self.begin is None:
            return ""
        asked = self.begin.request
        return reproduce(request_of(asked, ["NAME: VALUE"] * asked["headers"]), check)


def _differing(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for name in before | now:
        if before.get(name) != now.get(name):
            yield f"{name} is {now.get(name)!s:.60} and not {before.get(name)!s:.60}"
