"""Going on with a run that was interrupted: what it has for good is kept, and what it had begun is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.checks.registry import Check, find
from harness.core.errors import UsageError
from harness.core.events import CheckFinished, Event, FindingMade, Noted, RunFinished, RunStarted, from_json, to_json
from harness.engine.afterwards import NOTHING, Afterwards
from harness.engine.diagnosis import diagnosis_of
from harness.engine.distribution import hired, refuse
from harness.engine.journaling import keep_answers
from harness.engine.opening import now, request_of, run_started
from harness.engine.relay import Relay
from harness.engine.session import Session
from harness.engine.setup import prepare
from harness.engine.threads import settle_threads
from harness.engine.verification import Finished, UnderWay
from harness.scoring.engine import HERE, Engine
from harness.targets.journal import Journal, read_journal
from reports import write_reports
from reports.claim import claimed
from reports.store import EventLog, RunFolder, whole_events

#: What a note of a resumption is about.
RESUMED = "resumed"
#: Differences that are told at most.
TOLD = 3


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What a run has for good: its events up to the last check that came to its end, which are the first `length` bytes
    of its stream. `resumptions` are notes of earlier ones that come after those.
    """

    started: RunStarted
    events: tuple[Event, ...]
    length: int
    resumptions: tuple[Noted, ...]

    @classmethod
    def of(cls, stream: Sequence[tuple[Event, int]]) -> Interrupted:
        """What is kept of a stream of events and their ends; `stream` begins with RunStarted."""
        ended = [place for place, (event, _) in enumerate(stream) if isinstance(event, CheckFinished)]
        last = ended[-1] if ended else 0
        started = stream[0][0]
        assert isinstance(started, RunStarted)
        lost = (event for event, _ in stream[last + 1 :])
        notes = tuple(event for event in lost if isinstance(event, Noted) and event.topic == RESUMED)
        return cls(started, tuple(event for event, _ in stream[: last + 1]), stream[last][1], notes)

    @property
    def done(self) -> tuple[str, ...]:
        """The checks that came to their end."""
        return tuple(event.check for event in self.events if isinstance(event, CheckFinished))

    @property
    def left(self) -> tuple[Check, ...]:
        """The planned checks that did not."""
        return tuple(find(check) for check in self.started.planned if check not in self.done)

    def note(self) -> Noted:
        """What a reader should know."""
        where = f"after {self.done[-1]}" if self.done else "before the first check had ended"
        counted = f"{len(self.done)} of {len(self.started.planned)} checks"
        return Noted(
            RESUMED, f"the run was interrupted {where} ({counted} done) and went on {now()}; what the target had "
            "answered by then was not asked again, except where a check reads the clock or looks at the server itself",
            {"after": self.done[-1] if self.done else None, "done": len(self.done)},
        )  # fmt: skip


def resume(
    path: Path, headers: Sequence[str] = (), afterwards: Afterwards = NOTHING, engine: Engine = HERE
) -> Finished:
    """Go on with the run of a folder, as the same run; one that has finished only gets its reports anew.

    UsageError: the folder holds no run, another process is writing into it, or target, model, data, versions or machine
    are not those that the run began with. TargetError as in a verification.
    """
    afterwards.require()
    with claimed(path):
        folder = RunFolder(path)
        stream = whole_events(folder.events)
        if not stream or not isinstance(stream[0][0], RunStarted):
            raise UsageError(f"{folder.events} does not begin with the start of a run: there is nothing to go on with")
        if isinstance(stream[-1][0], RunFinished):
            run = write_reports(folder.events)
            return Finished(run, path, afterwards.conclude(run, path, folder.events), had_finished=True)
        return _go_on(folder, Interrupted.of(stream), headers, afterwards, engine)


def _go_on(
    folder: RunFolder, interrupted: Interrupted, headers: Sequence[str], afterwards: Afterwards, engine: Engine
) -> Finished:
    started, relay = interrupted.started, Relay()
    lines, whole = read_journal(folder.answers, started.id)
    request = request_of(started.request, headers)
    refuse(request, engine)
    settle_threads(request)
    context = prepare(request, relay)
    if context is None:
        raise UsageError(f"{folder.path} cannot be resumed: {request.parsed_device.missing()}")
    with hired(request, engine, context) as workers, UnderWay(request, context, folder) as run:
        _refuse_another(folder, started, run_started(request, [find(check) for check in started.planned], context))
        log, journal = EventLog(folder.events, interrupted.length), Journal(folder.answers, lines, whole)
        books = run.attached(relay, log, journal)
        if not whole:
            journal.begin(started.id)
        for event in interrupted.events:
            run.progress(event)
        relay.resume(interrupted.events)
        for note in (*interrupted.resumptions, interrupted.note()):
            relay(note)
        keep_answers(context, journal, lines, interrupted.done)
        if workers is not None:
            workers.answer(context, folder.path, journal.current)
        findings = [event.finding for event in interrupted.events if isinstance(event, FindingMade)]
        diagnosis, confirm = books.keeping(diagnosis_of(request)), afterwards.confirming(folder.events)
        Session(request, context, relay, findings, diagnosis, confirm).complete(interrupted.left)
    return run.finished(afterwards)


def _refuse_another(folder: RunFolder, started: RunStarted, of_now: RunStarted) -> None:
    """UsageError tells what is no longer as it was when the run began."""
    before, after = (_facts(each) for each in (started, of_now))
    differing = [name for name in before | after if before.get(name) != after.get(name)]
    if differing:
        told = "; ".join(
            f"{name} was {before.get(name)!s:.60} and is {after.get(name)!s:.60}" for name in differing[:TOLD]
        )
        more = f" and {len(differing) - TOLD} more" if len(differing) > TOLD else ""
        raise UsageError(f"{folder.path} cannot be resumed: {told}{more}; start a new run")


def _facts(started: RunStarted) -> dict[str, Any]:
    """What must not change under a run, by its path, as it is written in the stream."""
    read = from_json(to_json(started))
    assert isinstance(read, RunStarted)
    parts = {"target": read.target, "model": read.model, "inputs": read.inputs, "environment": read.environment}
    return dict(_leaves(parts)) | {"device": read.device}


def _leaves(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _leaves(inner, f"{path}{name}.")
        else:
            yield f"{path}{name}", inner
