"""Several deployments verified in one go: what each of them is, what came of it, and what holds between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.core.causes import Cause
from harness.core.run import Run
from harness.core.vocabulary import Area, Coverage, Verdict

#: What deployments differ in, in the order in which a reader is told.
AXES = ("target", "model", "device", "dtype", "profile")


class State(StrEnum):
    """How far the verification of a deployment has come."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    """The run came to its end, whatever it found."""
    LOST = "lost"
    """The target could not be reached, or died."""
    REFUSED = "refused"
    """Something that was asked for cannot be had: a file, a package, a run to go on with."""
    CRASHED = "crashed"
    """The process that verified it ended without a word."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment. `name` is its folder beside the page; `request` is what was asked for, without secrets.

    `exit_status` is that of its verification; None as long as there is none.
    """

    name: str
    request: Mapping[str, Any]
    state: State = State.WAITING
    reason: str = ""
    exit_status: int | None = None

    def axis(self, name: str) -> str:
        """The word of one of `AXES`; "default" where nobody chose."""
        return str(self.request.get(name) or "default")


@dataclass(frozen=True, slots=True)
class Fleet:
    """Deployments that are verified in one go. `kind` is "matrix" or "replicas"; `only` names the checks: all of them
    where it is empty.
    """

    kind: str
    created: str
    deployments: tuple[Deployment, ...]
    only: tuple[str, ...] = ()

    @property
    def varied(self) -> tuple[str, ...]:
        """The axes in which not all deployments are the same."""
        return tuple(axis for axis in AXES if len({each.axis(axis) for each in self.deployments}) > 1)


@dataclass(frozen=True, slots=True)
class Verified:
    """A deployment with its run; None where there is none, or not even its beginning."""

    deployment: Deployment
    run: Run | None = None

    @property
    def name(self) -> str:
        """That of the deployment."""
        return self.deployment.name

    @property
    def verdict(self) -> Verdict:
        """What the verification came to, with what was waived and what is worse than in a base."""
        if self.deployment.state is not State.FINISHED or self.run is None:
            return Verdict.INCOMPLETE
        if self.deployment.exit_status == 0:
            return Verdict.PASS
        if self.run.verdict is not Verdict.PASS:
            return self.run.verdict
        return Verdict.FAIL if self.deployment.exit_status == 1 else Verdict.INCOMPLETE


@dataclass(frozen=True, slots=True)
class Apart:
    """How far the scores of two deployments are apart, in logits. Half of them may be `typical_limit` apart, all of
    them `limit`; `origin` says how those are known. `turned` of `ordered` pairs of documents stand in the other order.
    """

    first: str
    second: str
    compared: int
    median: float
    largest: float
    limit: float
    typical_limit: float
    origin: str
    turned: int
    ordered: int

    @property
    def beyond(self) -> bool:
        """Whether that is more than noise."""
        return not (self.largest <= self.limit and self.median <= self.typical_limit)

    def of(self, one: str, other: str) -> bool:
        """Whether these are the two."""
        return {self.first, self.second} == {one, other}


class Judge(StrEnum):
    """What decides which deployments of a model are right where they are apart."""

    REFERENCE = "reference"
    """Those whose scores hold against the reference."""
    MAJORITY = "majority"
    """More than half of them agree."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What deployments of one model have in common: `agreeing` agree with the first of them, `odd` do not. Nobody is
    odd where nothing tells who is right, and then nobody agrees either. `unscored` have no scores to compare.
    """

    model: str | None
    judge: Judge
    agreeing: tuple[str, ...]
    odd: tuple[str, ...]
    apart: tuple[Apart, ...]
    unscored: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """All of them, those first that others are held against."""
        scored = dict.fromkeys((*self.agreeing, *self.odd, *(name for a in self.apart for name in (a.first, a.second))))
        return (*scored, *self.unscored)

    @property
    def disagree(self) -> bool:
        """Whether any are apart by more than noise from those that are right, or from each other where nobody is."""
        return bool(self.odd) or (self.judge is Judge.NOBODY and any(each.beyond for each in self.apart))

    def between(self, one: str, other: str) -> Apart | None:
        """How far two of them are apart; None where they were not compared."""
        return next((each for each in self.apart if each.of(one, other)), None)


class Explanation(StrEnum):
    """Why two deployments are not alike."""

    ALIKE = "alike"
    """They are, within noise."""
    CAUSE = "cause"
    """Diagnosis named a cause in one of them that the other does not have."""
    FINDINGS = "findings"
    """Checks fall short in one of them alone, and say why themselves."""
    UNEXPLAINED = "unexplained"
    """Their scores are apart, and nothing says why."""
    NOT_COMPARED = "not compared"
    """One of them has no scores, and nothing falls short in one alone."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A deployment held against another of the same model.

    `axes` are (name, word of the base, own word), `areas` (area, coverage in the base, own coverage), for all that
    differ. `causes` are (name of the deployment that has it, cause), `failing` (name, check with subject, message).
    """

    base: str
    deployment: str
    explanation: Explanation
    axes: tuple[tuple[str, str, str], ...] = ()
    areas: tuple[tuple[Area, Coverage, Coverage], ...] = ()
    scores: Apart | None = None
    causes: tuple[tuple[str, Cause], ...] = ()
    failing: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """All that came of a fleet."""

    fleet: Fleet
    verified: tuple[Verified, ...]
    agreements: tuple[Agreement, ...] = ()
    contrasts: tuple[Contrast, ...] = field(default=())

    @property
    def verdict(self) -> Verdict:
        """fail: something fell short, or deployments of a model disagree; incomplete: not all was verified."""
        verdicts = {each.verdict for each in self.verified}
        if Verdict.FAIL in verdicts or any(each.disagree for each in self.agreements):
            return Verdict.FAIL
        return Verdict.INCOMPLETE if Verdict.INCOMPLETE in verdicts else Verdict.PASS

    @property
    def exit_status(self) -> int:
        """1: something fell short, or deployments disagree. Else 2: one could not be set up as it was asked for. Else
        3: a target could not be reached or died, and all else is well, so that going on may settle it. Else 0.
        """
        disagree = any(each.disagree for each in self.agreements)
        return gravest([1 if disagree else 0, *(each.deployment.exit_status for each in self.verified)])

    def named(self, name: str) -> Verified:
        """The deployment of that name."""
        return next(each for each in self.verified if each.name == name)


def gravest(statuses: Iterable[int | None]) -> int:
    """The exit status that says most: 1 before 2 before 3 before 0. None, of what never ended, counts as 3."""
    found = {3 if status is None else status for status in statuses}
    return next((status for status in (1, 2, 3) if status in found), 0)
