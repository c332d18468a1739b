"""A run that pytest drives: one check a test, one run folder a device."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

import pytest

from harness.checks.context import Context
from harness.checks.registry import Check
from harness.core.errors import HarnessError, TargetError
from harness.core.events import DeviceUnavailable, RunFinished
from harness.core.findings import Finding
from harness.core.vocabulary import Status
from harness.engine.diagnosis import diagnosis_of
from harness.engine.opening import now, run_started
from harness.engine.recording import record
from harness.engine.relay import Relay, Sink
from harness.engine.session import Session
from harness.engine.setup import Request, prepare
from harness.engine.suites.written import Written
from harness.engine.targets import close_target


class Place(Protocol):
    """The process that a run is in: the only one of the test session, or one among several."""

    def begin(self, request: Request, context: Context | None) -> Sink:
        """Where the events of a run go, which can begin now."""

    def refuse(self, error: HarnessError) -> NoReturn:
        """End the test session, since a run cannot begin."""

    def judging(self, run: DeviceRun) -> contextlib.AbstractContextManager[None]:
        """Around each check."""

    def close(self, run: DeviceRun) -> None:
        """The last test of a run in this process is over."""


@dataclass
class Alone:
    """The only process: it writes what happens, and ends what it began."""

    out: Path | None
    written: list[Written]

    def begin(self, request: Request, context: Context | None) -> Sink:
        """Into the folder of the run."""
        self.written.append(Written.begin(self.out, request.device))
        return self.written[-1].log

    def refuse(self, error: HarnessError) -> NoReturn:
        """A user's mistake ends pytest with one line."""
        pytest.exit(f"rerank-harness: {error}", returncode=error.exit_status)

    @contextlib.contextmanager
    def judging(self, run: DeviceRun) -> Iterator[None]:
        """Nobody else knows anything."""
        yield

    def close(self, run: DeviceRun) -> None:
        """End the run and write its reports."""
        run.end()
        run.release()
        next(written for written in self.written if written.device == run.device).close()


@dataclass
class DeviceRun:
    """The run of one device. Without the device there is no session, and every test says so."""

    request: Request
    place: Place
    emit: Relay
    session: Session | None
    missing: str | None = None
    dead: str | None = None

    @classmethod
    def open(cls, request: Request, place: Place, checks: Sequence[Check]) -> DeviceRun:
        """Begin the run; a user's mistake ends the test session."""
        try:
            relay = Relay()
            context = prepare(request, relay)
            relay.attach(place.begin(request, context))
            relay(run_started(request, tuple(dict.fromkeys(checks)), context))
            if context is not None:
                session = Session(request, context, relay, diagnosis=diagnosis_of(request))
                return cls(request, place, relay, session)
            missing = request.parsed_device.missing() or ""
            relay(DeviceUnavailable(request.device, missing, request.require_device))
            return cls(request, place, relay, None, missing)
        except HarnessError as error:
            place.refuse(error)

    @property
    def device(self) -> str:
        """The device of this run."""
        return self.request.device

    def judge(self, check: Check) -> None:
        """Run a check as a test: fail, skip as not verified, or pass."""
        session = self.require_session()
        with self.place.judging(self):
            findings = self._findings(session, check)
        if self.dead is not None:
            pytest.fail(f"the target is gone: {self.dead}", pytrace=False)
        _as_test_outcome(findings)

    def _findings(self, session: Session, check: Check) -> list[Finding]:
        """What a check finds; nothing where the target is gone, or goes."""
        if self.dead is None:
            try:
                return session.run(check)
            except TargetError as error:
                self.dead = str(error)
        return []

    def require_session(self) -> Session:
        """The session; skips or fails the test where there is none."""
        if self.session is not None:
            return self.session
        reason = f"not verified on {self.device}: {self.missing}"
        if self.request.require_device:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    def close(self) -> None:
        """The last test of this process is over."""
        self.place.close(self)

    def end(self) -> None:
        """Tell what the next run is held against and name causes; a run whose target died stays unfinished."""
        if self.session is not None and self.dead is None:
            try:
                record(self.session.context)
                self.session.explain()
            except TargetError as error:
                self.dead = str(error)
        if self.dead is None:
            self.emit(RunFinished(now()))

    def release(self) -> None:
        """Give the target back, where it was opened here."""
        if self.session is not None and self.request.given_target is None:
            close_target(self.session.context.target)


def _as_test_outcome(findings: Sequence[Finding]) -> None:
    bad = [f for f in findings if f.status in (Status.FAIL, Status.ERROR)]
    if bad:
        pytest.fail("\n\n".join(map(_told, bad)), pytrace=False)
    if findings and all(f.status is Status.NOT_VERIFIED for f in findings):
        pytest.skip("not verified: " + "; ".join(dict.fromkeys(f.message for f in findings)))


def _told(finding: Finding) -> str:
    lines = [f"{finding.check}{f' [{finding.subject}]' if finding.subject else ''}: {finding.message}"]
    if finding.value is not None and finding.limit is not None:
        lines.append(f"value {finding.value:.4g}, limit {finding.limit:.4g} {finding.unit}")
    lines += [text for text in (finding.evidence, finding.remedy, finding.reproduce) if text]
    return "\n".join(lines)
