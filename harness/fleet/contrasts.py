"""Deployments of one model held against each other: in what they differ, and what explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.core.causes import Cause
from harness.core.fleet import AXES, Agreement, Apart, Contrast, Explanation, Verified
from harness.core.run import Run
from harness.core.vocabulary import Area, Coverage, Status

Members = Mapping[str, Verified]
#: What diagnosis says where it found no fault of its library.
UNEXPLAINED = "unexplained"
#: Failing checks of a deployment that are named.
NAMED = 5


def contrasts(agreement: Agreement, verified: Members) -> Iterator[Contrast]:
    """Each member but the first, held against the one that it differs least from: in the fewest axes, and among those
    that are right, if any are. No two are each other's base.
    """
    order = agreement.members
    for place, name in enumerate(order[1:], 1):
        before = [each for each in order[:place] if each in agreement.agreeing] or order[:place]
        base = min(before, key=lambda each: len(_axes(verified[each], verified[name])))
        yield _contrast(verified[base], verified[name], agreement.between(base, name))


def _contrast(base: Verified, own: Verified, scores: Apart | None) -> Contrast:
    assert base.run is not None
    assert own.run is not None
    causes = (*_causes(own, base.run), *_causes(base, own.run))
    failing = (*_failing(own, base.run), *_failing(base, own.run))
    return Contrast(
        base.name, own.name, _explanation(scores, causes, failing), _axes(base, own), _areas(base.run, own.run), scores,
        causes, failing,
    )  # fmt: skip


def _explanation(
    scores: Apart | None, causes: Sequence[tuple[str, Cause]], failing: Sequence[tuple[str, str, str]]
) -> Explanation:
    if any(cause.variant != UNEXPLAINED for _, cause in causes):
        return Explanation.CAUSE
    if scores is not None and scores.beyond:
        return Explanation.UNEXPLAINED
    if failing:
        return Explanation.FINDINGS
    return Explanation.NOT_COMPARED if scores is None else Explanation.ALIKE


def _axes(base: Verified, own: Verified) -> tuple[tuple[str, str, str], ...]:
    words = ((axis, base.deployment.axis(axis), own.deployment.axis(axis)) for axis in AXES)
    return tuple((axis, before, now) for axis, before, now in words if before != now)


def _areas(base: Run, own: Run) -> tuple[tuple[Area, Coverage, Coverage], ...]:
    reached = ((area, base.coverage(area), own.coverage(area)) for area in Area)
    return tuple((area, before, now) for area, before, now in reached if before is not now)


def _causes(one: Verified, other: Run) -> tuple[tuple[str, Cause], ...]:
    """The causes that diagnosis found in one and not in the other."""
    known = {(cause.stage, cause.variant) for cause in other.causes}
    found = one.run.causes if one.run is not None else ()
    return tuple((one.name, cause) for cause in found if (cause.stage, cause.variant) not in known)


def _failing(one: Verified, other: Run) -> tuple[tuple[str, str, str], ...]:
    """The findings that fail in one and not in the other, gravest first: their checks and what they say."""
    failed = {(f.check, f.subject) for f in other.findings if f.status is Status.FAIL}
    found = [f for f in (one.run.findings if one.run is not None else ()) if f.status is Status.FAIL]
    new = sorted((f for f in found if (f.check, f.subject) not in failed), key=lambda f: f.severity.rank)
    return tuple((one.name, f"{f.check} [{f.subject}]" if f.subject else f.check, f.message) for f in new[:NAMED])
