"""A verification with everything around it: the run's folder, progress on the terminal, reports at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.checks.context import Context
from harness.checks.registry import Check
from harness.core.errors import CannotWrite, TargetError
from harness.core.run import Run
from harness.engine.afterwards import NOTHING, Afterwards
from harness.engine.diagnosis import diagnosis_of
from harness.engine.distribution import hired, refuse
from harness.engine.journaling import Bookkeeper, keep_answers
from harness.engine.relay import Relay
from harness.engine.session import verify
from harness.engine.setup import Request, prepare
from harness.engine.targets import close_target
from harness.engine.threads import settle_threads
from harness.scoring.engine import HERE, Engine
from harness.targets.journal import Journal
from reports import write_reports
from reports.console import Progress
from reports.store import EventLog, RunFolder


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that came to its end, and where its reports are."""

    run: Run
    folder: Path
    good: bool
    """Whether the verdict is pass, or what fell short was accepted, and nothing is worse than in the base."""
    had_finished: bool = False
    """Whether there was nothing left to do: a run that was to be resumed had finished."""

    @property
    def exit_status(self) -> int:
        """0 only where all is as it should be."""
        return 0 if self.good else 1


def verify_into(
    request: Request,
    out: Path | None,
    checks: Sequence[Check] | None = None,
    afterwards: Afterwards = NOTHING,
    engine: Engine = HERE,
) -> Finished:
    """Verify, write events and answers as they happen and every report at the end.

    Everything is loaded first, so that a user's mistake is a UsageError before anything is written. When the target
    dies, what was found so far is reported as incomplete and the TargetError goes on.
    """
    afterwards.require()
    refuse(request, engine)
    settle_threads(request)
    relay = Relay()
    context = prepare(request, relay)
    with hired(request, engine, context) as workers, RunFolder.held(out, request.parsed_device) as folder:
        with UnderWay(request, context, folder) as run:
            books = run.attached(relay, EventLog(folder.events), Journal(folder.answers))
            if context is not None:
                keep_answers(context, books.journal)
            if context is not None and workers is not None:
                workers.answer(context, folder.path, books.journal.current)
            confirm = afterwards.confirming(folder.events)
            verify(request, relay, checks, context, books.keeping(diagnosis_of(request)), confirm)
        return run.finished(afterwards)


@dataclass
class UnderWay:
    """A run that writes into its folder: what it opens is closed, and what an early end leaves is told."""

    request: Request
    context: Context | None
    folder: RunFolder
    opened: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Show progress from here on; the target is given back at the end."""
        if self.context is not None and self.request.given_target is None:
            self.opened.callback(close_target, self.context.target)
        self.progress = self.opened.enter_context(Progress(self.folder.path))
        if self.context is not None:
            self.context.on_scored = self.progress.scored
        return self

    def attached(self, relay: Relay, log: EventLog, journal: Journal) -> Bookkeeper:
        """Have events go to the journal, the log and the terminal; returns who keeps the journal."""
        books = Bookkeeper(self.opened.enter_context(journal), self.context)
        relay.attach(books, self.opened.enter_context(log), self.progress)
        return books

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Report what was found by a run whose target died; CannotWrite says how to go on where there was no room."""
        self.opened.close()
        if isinstance(error, TargetError):
            write_reports(self.folder.events)
        if isinstance(error, CannotWrite):
            go_on = f"make room, then: rerank-harness verify --resume {self.folder.path}"
            raise CannotWrite(f"{error}; what was written before is kept; {go_on}") from None

    def finished(self, afterwards: Afterwards) -> Finished:
        """Write the reports, tell the outcome and do what is wanted afterwards."""
        run = write_reports(self.folder.events)
        self.progress.summary(run)
        good = afterwards.conclude(run, self.folder.path, self.folder.events, self.progress.say)
        return Finished(run, self.folder.path, good)
