"""The kill matrix: which checks see which fault, each check made by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from fixtures.collections import load_judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.checks.registry import Check, Need, all_checks, find, planned_checks
from harness.core.pairs import Pair
from harness.core.vocabulary import Stage, Status
from harness.detection.subjects import Subject, dialect_for, model_for
from harness.engine.session import Session
from harness.engine.setup import Request
from harness.faults.catalogue import catalogue
from harness.reference.devices import Device
from harness.serving.library import served_faults
from harness.targets.function import FunctionTarget
from harness.targets.http.connection import Connection
from harness.targets.protocol import Target
from reports.kills import Member, Row

#: Stands for no fault: a check that fails then raises a false alarm.
HEALTHY = ""
PIPELINE, SERVER = "in this process", "behind a server"
#: The dialect of a fault that the first one cannot show.
DIALECTS = {"histogram-scaled": "infinity"}
FIRST = "tei"
#: Faults that show only where a server asks for a key, and in a server's own process; tests of the checks plant them.
ELSEWHERE = ("key-of-some-paths", "memory-leaked")
#: Seconds that answers are waited for, where a fault lets every check wait for some of its own.
PATIENCE = {"hangs-on-blank": 3.0}


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in a situation."""

    fault: str
    situation: str


def every_planted() -> Iterator[Planted]:
    """A healthy target and each fault, in each situation in which it may be seen.

    Behind a server those of replies, of state and of interfaces are planted: those that spoil what is computed are the
    same there.
    """
    yield from (Planted(HEALTHY, situation) for situation in (PIPELINE, SERVER))
    yield from (Planted(fault, PIPELINE) for fault in catalogue())
    shown = [id for id, fault in catalogue().items() if fault.stage in (Stage.REPLY, Stage.STATE)]
    shown += [id for id in served_faults() if id not in ELSEWHERE]
    yield from (Planted(fault, SERVER) for fault in shown)


def row(planted: Planted, checks: Sequence[str] | None = None) -> Row:
    """What every check of the registry (or of those ids) says, also those that a verification would hold back by then.

    Without a model only those are made again that failed with it: limits are wider there, and nothing is compared.
    """
    faults = [planted.fault] if planted.fault else []
    subject = _subject(model_for(faults))
    made = planned_checks(with_source=False) if checks is None else [find(id) for id in checks]
    with _target(planted, subject, faults) as target:
        found = _statuses(made, _knowing(target, subject))
        failed = [check for check in made if Status.FAIL in found[check.id]]
        again = _statuses(failed, _unknowing(target))
    return Row(
        planted.fault, planted.situation, tuple(check.id for check in failed), _with(Status.FAIL, again),
        _with(Status.ERROR, found | again),
    )  # fmt: skip


def updated(before: Row, again: Row, checks: Sequence[str]) -> Row:
    """A row in which the checks of those ids were made again; what the registry no longer holds is left out."""

    def merged(kept: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
        ids = {*found, *(id for id in kept if id not in checks)}
        return tuple(check.id for check in all_checks() if check.id in ids)

    return Row(
        before.fault, before.situation, merged(before.killed_by, again.killed_by),
        merged(before.without_model, again.without_model), merged(before.broken, again.broken),
    )  # fmt: skip


def members() -> list[Member]:
    """The checks by id."""
    found = (
        Member(check.id, Need.PIPELINE in check.needs, check.beside)
        for check in all_checks()
        if Need.SOURCE not in check.needs
    )
    return sorted(found, key=lambda member: member.id)


def _statuses(checks: Sequence[Check], context: Context) -> dict[str, set[Status]]:
    """Of each check, made in a session of its own: nothing holds it back."""
    return {
        check.id: {finding.status for finding in Session(Request(), context, lambda event: None).run(check)}
        for check in checks
    }


def _with(status: Status, found: Mapping[str, set[Status]]) -> tuple[str, ...]:
    return tuple(id for id, statuses in found.items() if status in statuses)


@contextmanager
def _target(planted: Planted, subject: Subject, faults: Sequence[str]) -> Iterator[Target]:
    if planted.situation == PIPELINE:
        yield subject.planted(faults)
        return
    patience = Connection(timeout=PATIENCE[planted.fault]) if planted.fault in PATIENCE else Connection()
    with subject.served(faults, _dialect(planted.fault), patience) as target:
        yield target


def _dialect(fault: str) -> str:
    if fault in catalogue():
        return dialect_for(fault, list(catalogue()).index(fault))
    return DIALECTS.get(fault, FIRST)


def _knowing(target: Target, subject: Subject) -> Context:
    """Contexts of one model share what the reference answers: it does not depend on the target."""
    reference = subject.reference
    return Context(
        target, Device("cpu"), profile("smoke"), load_judged(), reference.parts.checkpoint, reference,
        _computed=_computed(subject.name),
    )  # fmt: skip


def _unknowing(target: Target) -> Context:
    """Nobody says which model it is; a pipeline is then a callable that answers."""
    seen = target if target.reranker is None else FunctionTarget(target.reranker.rerank, "python:detection:rerank")
    return Context(seen, Device("cpu"), profile("smoke"), load_judged())


@cache
def _computed(name: str) -> dict[Pair, float]:
    return {}


@cache
def _subject(name: str) -> Subject:
    return Subject(name)
