"""A run that pytest drives: one check a test, one run folder a device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.checks.registry import Check
from harness.core.errors import HarnessError, TargetError
from harness.core.events import DeviceUnavailable, RunFinished
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.engine.diagnosis import diagnosis_of
from harness.engine.opening import now, run_started
from harness.engine.recording import record
from harness.engine.relay import Relay
from harness.engine.session import Session
from harness.engine.setup import Request, prepare
from harness.engine.targets import close_target
from reports import write_reports
from reports.store import EventLog, RunFolder


@dataclass
class DeviceRun:
    """The run of one device. Without the device there is no session, and every test says so."""

    request: Request
    folder: Path
    log: EventLog
    session: Session | None
    missing: str | None = None
    dead: str | None = None
    finished: Run | None = None

    @classmethod
    def open(cls, request: Request, out: Path | None, checks: Sequence[Check]) -> DeviceRun:
        """Begin the run; a user's mistake ends pytest with one line."""
        try:
            relay = Relay()
            context = prepare(request, relay)
            folder = RunFolder.create(None if out is None else out / request.device, request.parsed_device)
            log = EventLog(folder.events)
            relay.attach(log)
            relay(run_started(request, tuple(dict.fromkeys(checks)), context))
            if context is not None:
                return cls(request, folder.path, log, Session(request, context, relay, diagnosis=diagnosis_of(request)))
            missing = request.parsed_device.missing() or ""
            log(DeviceUnavailable(request.device, missing, request.require_device))
            return cls(request, folder.path, log, None, missing)
        except HarnessError as error:
            pytest.exit(f"rerank-harness: {error}", returncode=error.exit_status)

    @property
    def device(self) -> str:
        """The device of this run."""
        return self.request.device

    def judge(self, check: Check) -> None:
        """Run a check as a test: fail, skip as not verified, or pass."""
        session = self.require_session()
        if self.dead is not None:
            pytest.fail(f"the target is gone: {self.dead}", pytrace=False)
        try:
            findings = session.run(check)
        except TargetError as error:
            self.dead = str(error)
            pytest.fail(f"the target is gone: {error}", pytrace=False)
        _as_test_outcome(findings)

    def require_session(self) -> Session:
        """The session; skips or fails the test where there is none."""
        if self.session is not None:
            return self.session
        reason = f"not verified on {self.device}: {self.missing}"
        if self.request.require_device:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    def close(self) -> None:
        """End the run and write its reports; a run whose target died stays unfinished."""
        self._explain()
        if self.session is not None and self.request.given_target is None:
            close_target(self.session.context.target)
        if self.dead is None:
            self.log(RunFinished(now()))
        self.log.close()
        self.finished = write_reports(self.log.path)

    def _explain(self) -> None:
        if self.session is None or self.dead is not None:
            return
        try:
            record(self.session.context)
            self.session.explain()
        except TargetError as error:
            self.dead = str(error)

    def conclusion(self) -> str:
        """One line: verdict, what it rests on, and where the report is."""
        if self.finished is None:
            return f"interrupted; rebuild with: rerank-harness report {self.log.path}"
        if self.missing is not None:
            return f"not verified: {self.missing}  report: {self.folder / 'report.html'}"
        return f"verdict: {self.finished.verdict}  report: {self.folder / 'report.html'}"


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
