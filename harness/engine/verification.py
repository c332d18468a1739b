"""A verification with everything around it: the run's folder, progress on the terminal, reports at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.checks.registry import Check
from harness.core.errors import TargetError
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from harness.engine.diagnosis import diagnosis_of
from harness.engine.relay import Relay
from harness.engine.session import verify
from harness.engine.setup import AFFORDABLE_IN_FLOAT64, Request, prepare
from harness.engine.targets import close_target
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
    _settle_threads(request)
    relay = Relay()
    context = prepare(request, relay)
    folder = RunFolder.create(out, request.parsed_device)
    with EventLog(folder.events) as log, Progress(folder.path) as progress:
        relay.attach(log, progress)
        if context is not None:
            context.on_scored = progress.scored
        try:
            verify(request, relay, checks, context, diagnosis_of(request))
        except TargetError:
            write_reports(folder.events)
            raise
        finally:
            if context is not None and request.given_target is None:
                close_target(context.target)
    run = write_reports(folder.events)
    progress.summary(run)
    return Finished(run, folder.path)


def _settle_threads(request: Request) -> None:
    """One thread for a small model on the CPU, unless the user chose: its products are too small to be shared out.

    Measured with the embedded model on two cores: 56 s against 73 s a run, and no tenfold waits on a busy machine.
    """
    small = request.checkpoint is not None and request.checkpoint.weight_bytes <= AFFORDABLE_IN_FLOAT64
    if small and request.parsed_device.kind == "cpu" and "OMP_NUM_THREADS" not in os.environ:
        import torch

        torch.set_num_threads(1)
