"""A verification with everything around it: the run's folder, progress on the terminal, reports at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.checks.registry import Check
from harness.core.errors import TargetError
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from harness.engine.relay import Relay
from harness.engine.session import verify
from harness.engine.setup import Request, prepare
from reports import write_reports
from reports.console import Progress
from reports.store import EventLog, RunFolder


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that came to its end, and where its reports are."""

    run: Run
    folder: Path

    @property
    def exit_status(self) -> int:
        """0 only where the verdict is pass."""
        return 0 if self.run.verdict is Verdict.PASS else 1


def verify_into(request: Request, out: Path | None, checks: Sequence[Check] | None = None) -> Finished:
    """Verify, write events as they happen and every report at the end.

    Everything is loaded first, so that a user's mistake is a UsageError before anything is written. When the target
    dies, what was found so far is reported as incomplete and the TargetError goes on.
    """
    relay = Relay()
    context = prepare(request, relay)
    folder = RunFolder.create(out, request.parsed_device)
    with EventLog(folder.events) as log, Progress(folder.path) as progress:
        relay.attach(log, progress)
        try:
            verify(request, relay, checks, context)
        except TargetError:
            write_reports(folder.events)
            raise
    run = write_reports(folder.events)
    progress.summary(run)
    return Finished(run, folder.path)
