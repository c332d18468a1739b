"""The journal of a verification: under which check an answer falls, and which checks can be given it again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from harness.checks.context import Context
from harness.checks.registry import Check, Need, find
from harness.core.events import CheckFinished, CheckStarted, Event, RunStarted
from harness.core.vocabulary import Phase
from harness.diagnosis.result import Diagnosis
from harness.targets.journal import Journal, Line
from harness.targets.journaled import Journaled, Remembered, remembered

#: Sections behind the checks.
RECORDING, DIAGNOSIS = "recording", "diagnosis"


def sees_answers_only(check: Check) -> bool:
    """Whether answers of before are as good to a check as new ones. To one that reads a clock, or looks at the pipeline
    or the server that answers, they are not: nothing would happen there.
    """
    return check.phase is not Phase.SPEED and not {Need.PIPELINE, Need.SERVER} & set(check.needs)


@dataclass
class Bookkeeper:
    """Follows a run's events, and has the journal begin a section with every check."""

    journal: Journal
    context: Context | None
    measured: bool = field(default=False)
    """Whether it is written down that the run's noise has been measured."""

    def __call__(self, event: Event) -> None:
        """Take one event."""
        match event:
            case RunStarted(id=run):
                self.journal.begin(run)
            case CheckStarted(check=check):
                self.journal.enter(check, keeps=sees_answers_only(find(check)))
            case CheckFinished():
                self._note_noise()
                self.journal.enter(RECORDING)

    def keeping(self, diagnosis: Callable[[Context], Diagnosis]) -> Callable[[Context], Diagnosis]:
        """`diagnosis` in a section of its own; it reads the clock, so that answers take as long as they took."""

        def kept(context: Context) -> Diagnosis:
            self.journal.enter(DIAGNOSIS, paced=True)
            return diagnosis(context)

        return kept

    def _note_noise(self) -> None:
        if not self.measured and self.context is not None and "noise" in vars(self.context):
            self.journal.write(noise=True)
            self.measured = True


def keep_answers(context: Context, journal: Journal, lines: Iterable[Line] = (), done: Collection[str] = ()) -> None:
    """Have all answers to `context` go through `journal`; `lines` are those of an earlier process, in which the checks
    `done` came to their end: what they remembered, and that they measured the noise, holds again.
    """
    ended = [line for line in lines if line["during"] in done]
    context.ask_through(Journaled(context.target, journal), Remembered(journal, remembered(ended)))
    if any("noise" in line for line in ended):
        context.noise, context.movement  # noqa: B018 - measured anew: that they were is told at the end of the run
