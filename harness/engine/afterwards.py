"""What becomes of a run: held against an earlier one while its target is there, kept in the history, and waived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from harness.checks.context import Context
from harness.checks.registry import all_checks, find
from harness.core.comparison import Comparison, Judgement
from harness.core.errors import DeviceError, MalformedAnswer, Refused, Unanswerable, UsageError
from harness.core.events import Event, Noted, SamplesRecorded
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from harness.core.waivers import apply, as_accepted, read_waivers
from harness.engine.nightly import nightly_of
from harness.engine.recording import record_take
from harness.engine.runs import LAST_GOOD, last_good, resolve_run
from harness.history.errors import StoreUnreachable
from harness.history.store import Store, open_store
from harness.regression.compare import compare
from harness.regression.document import write_comparison
from harness.statistics.recorded import recorded_queries, takes_of
from reports.comparing import shown
from reports.nightly import write_nightly
from reports.store import read_events

#: The check whose samples are compared.
TIMED = "performance.latency"
#: What may keep a measurement from being made again; a target that is gone ends the run.
_NOT_AGAIN = (Unanswerable, Refused, MalformedAnswer, DeviceError)


@dataclass(frozen=True)
class Afterwards:
    """What a user wants of a run beside its reports: a store to keep it in, a base to hold it against (a folder, an id
    of the store or "last-good"), accepted failures.
    """

    store: str | None = None
    against: str | None = None
    waivers: Path | None = None
    other_hardware: bool = False

    def require(self) -> None:
        """Tell a user's mistake before anything is asked: a base, a store or a file that cannot be had."""
        if self.waivers is not None:
            read_waivers(self.waivers)
        if self.keeps:
            open_store(self.store).close()
        _ = self.base  # read before the run can take its place

    @cached_property
    def base(self) -> Run | None:
        """The run that was named to be held against, as it is when this is first read; None for the last good one,
        which is looked for when there is a run to compare.
        """
        return None if self.against in (None, LAST_GOOD) else resolve_run(str(self.against), self.store)

    @property
    def keeps(self) -> bool:
        """Whether the run is kept: asked for by naming a store, or by comparing with one."""
        if self.store is not None or self.against == LAST_GOOD:
            return True
        return self.against is not None and not Path(self.against).exists()

    def confirming(self, events: Path) -> Callable[[Context], None] | None:
        """What measures again, once, what looks worse than in the base, so that it is believed only if it is seen
        again; None where there is nothing to compare with. `events` is the run's stream, which is being written.
        """
        return None if self.against is None else partial(self._confirm, events)

    def _confirm(self, events: Path, context: Context) -> None:
        run = Run.of(read_events(events))
        try:
            found = self._held(run)
        except (UsageError, StoreUnreachable) as error:
            context.emit(Noted("comparison", str(error)))
            return
        if found is not None:
            _measure_again(context, run, found)

    def conclude(self, run: Run, folder: Path, events: Path, tell: Callable[[str], None] = print) -> bool:
        """Keep the run, write the nightly pages and comparison.json, judge by waivers; whether all is as it should be.

        UsageError where it cannot be compared, StoreUnusable and StoreUnreachable where it cannot be kept: the run's
        own reports are written by then.
        """
        store = open_store(self.store) if self.keeps else None
        if store is not None:
            store.add(read_events(events))
        good = self._accepted(run, tell)
        if self.against is None:
            return good
        found = self._held(run)
        return self._reported(run, found, folder, store) and good

    def _held(self, run: Run) -> Comparison | None:
        """The run beside its base; None where nothing is asked for, or there is no good run yet."""
        if self.against is None:
            return None
        base = last_good(self.store, run) if self.against == LAST_GOOD else self.base
        return None if base is None else compare(base, run, other_hardware=self.other_hardware)

    def _reported(self, run: Run, found: Comparison | None, folder: Path, store: Store | None) -> bool:
        write_nightly(nightly_of(run, found, store), folder)
        if found is None:
            return True
        write_comparison(found, folder / "comparison.json")
        shown(found)
        return found.judgement is not Judgement.WORSE

    def _accepted(self, run: Run, tell: Callable[[str], None]) -> bool:
        if self.waivers is None:
            return run.verdict is Verdict.PASS
        known = {check.id for check in all_checks()}
        waived = apply(read_waivers(self.waivers), [run], datetime.now(UTC).date(), known=known)
        for problem in waived.problems:
            tell(problem)
        for entry in waived.accepted:
            tell(f"accepted: {entry.finding.check}, by {entry.waiver.name}, through {entry.waiver.expires}")
        return as_accepted(run, waived.accepted).verdict is Verdict.PASS and not waived.problems


NOTHING = Afterwards()


def _measure_again(context: Context, run: Run, found: Comparison) -> None:
    """A further take of the scores where those or what they are worth look worse, and of the samples likewise."""
    takes = takes_of(run)
    scores = found.scores is not None and found.scores.judgement is Judgement.WORSE
    if takes and (scores or any(change.judgement is Judgement.WORSE for change in found.quality)):
        _once_more(context, lambda: record_take(context, list(recorded_queries(run, takes[0])), takes[-1] + 1))
    if any(change.judgement is Judgement.WORSE for change in found.samples):
        take = 1 + max(recorded.take for recorded in run.samples)
        _once_more(context, lambda: _time_again(context, take))


def _once_more(context: Context, measure: Callable[[], object]) -> None:
    try:
        measure()
    except _NOT_AGAIN as error:
        context.emit(Noted("comparison", f"what looks worse could not be measured again: {error}"))


def _time_again(context: Context, take: int) -> None:
    """The timing of the check, whose samples are told as another take."""
    emit = context.emit

    def tell(event: Event) -> None:
        if isinstance(event, SamplesRecorded):
            emit(replace(event, take=take))

    context.emit = tell
    try:
        find(TIMED).body(context)
    finally:
        context.emit = emit
