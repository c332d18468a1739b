"""Findings of a run beside those of a base: new, unchanged, updated, absent (SARIF 2.1.0 §3.27.24)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from enum import IntEnum

from harness.core.comparison import BaselineState, FindingChange, Judgement
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Severity, Status

Key = tuple[str, str, str]
#: A finding is updated where its margin moved by more than this share of its limit. Between healthy runs of the
#: embedded model no margin moved by more than 1.3e-3 of its limit (20 runs); a thousand times less than what matters.
MOVED = 0.01
#: Checks that a sentence names before it counts the others.
_NAMED = 3


class Standing(IntEnum):
    """How a finding stands: what was not verified may be right or wrong, so it lies between."""

    HOLDS = 0
    UNKNOWN = 1
    FALLS_SHORT = 2

    @classmethod
    def of(cls, finding: Finding) -> Standing:
        """Without weight (minor, info) it is no loss that something was not verified."""
        if finding.status is Status.FAIL:
            return cls.FALLS_SHORT
        weighty = finding.severity in (Severity.CRITICAL, Severity.MAJOR)
        unknown = finding.status is Status.ERROR or (finding.status is Status.NOT_VERIFIED and weighty)
        return cls.UNKNOWN if unknown else cls.HOLDS


def compare_findings(base: Run, run: Run) -> list[FindingChange]:
    """Each finding by check, subject and device: those of the run in their order, then those that are absent from it.

    A finding is absent only where the run planned its check and came to its end; what it never asked is not gone, and
    `uncompared` tells it. Judged worse is what held before and does not now (fails, cannot be verified), better what
    holds again; between failing and not being verified nothing is decided. Empty where the devices are not the same.
    """
    if base.device != run.device:
        return []
    before, after = _by_key(base.findings), _by_key(run.findings)
    held = [_beside(before.get(key), finding, base) for key, finding in after.items()]
    ended = _ended(run)
    gone = [finding for key, finding in before.items() if key not in after and finding.check in ended]
    return [*held, *(_absent(finding, run) for finding in gone)]


def uncompared(base: Run, run: Run) -> list[str]:
    """Sentences about findings that `compare_findings` leaves out, or cannot judge, and why."""
    if base.device != run.device:
        return [f"Findings: the base was made on {base.device} and the run on {run.device}; findings are of a device."]
    return list(_unasked(base, run))


def _by_key(findings: Iterable[Finding]) -> dict[Key, Finding]:
    return {(finding.check, finding.subject, finding.device): finding for finding in findings}


def _ended(run: Run) -> set[str]:
    """Checks that were made to their end. One that was leaves a finding, except where it found nothing to say."""
    planned = set(run.started.planned) | {finding.check for finding in run.findings}
    return planned if run.finished and not run.unavailable else planned - set(run.missing)


def _answered(run: Run, check: str) -> bool:
    """Whether a check was really made in a run: held back or broken off, it says nothing about any subject."""
    return any(f.check == check and f.status not in (Status.NOT_VERIFIED, Status.ERROR) for f in run.findings)


def _beside(before: Finding | None, now: Finding, base: Run) -> FindingChange:
    if before is None:
        return FindingChange(BaselineState.NEW, None, now, None, _of_new(now, base))
    moved = _moved(before, now)
    same = (before.status, before.severity) == (now.status, now.severity) and not _noticeable(moved, now.limit)
    state = BaselineState.UNCHANGED if same else BaselineState.UPDATED
    return FindingChange(state, before, now, moved, _judged(Standing.of(before), Standing.of(now)))


def _of_new(now: Finding, base: Run) -> Judgement:
    """What falls short is worse only if the base made the check; otherwise nobody knows how it stood."""
    if Standing.of(now) is Standing.HOLDS:
        return Judgement.UNCHANGED
    return Judgement.WORSE if _answered(base, now.check) else Judgement.UNDECIDED


def _absent(before: Finding, run: Run) -> FindingChange:
    """What fell short is better only if the run made the check and found it no more."""
    judgement = Judgement.UNCHANGED
    if Standing.of(before) is not Standing.HOLDS:
        judgement = Judgement.BETTER if _answered(run, before.check) else Judgement.UNDECIDED
    return FindingChange(BaselineState.ABSENT, before, None, None, judgement)


def _judged(before: Standing, now: Standing) -> Judgement:
    if before is now:
        return Judgement.UNCHANGED
    if Standing.HOLDS not in (before, now):
        return Judgement.UNDECIDED
    return Judgement.WORSE if now > before else Judgement.BETTER


def _moved(before: Finding, now: Finding) -> float | None:
    """Margin of the run minus that of the base; None where one of them has none, or they are in other units."""
    if before.margin is None or now.margin is None or before.unit != now.unit:
        return None
    moved = now.margin - before.margin
    return moved if math.isfinite(moved) else None


def _noticeable(moved: float | None, limit: float | None) -> bool:
    """Figures without a limit claim nothing: their course is told by samples and by the history."""
    return moved is not None and limit is not None and abs(moved) > MOVED * abs(limit)


def _unasked(base: Run, run: Run) -> Iterator[str]:
    """Checks that only one of two runs came to the end of."""
    sides = (
        ("base", base, run, "nothing is said of what they found"),
        ("run", run, base, "how they stood is not known"),
    )
    for name, each, other, hence in sides:
        planned, ended = set(other.started.planned), _ended(other)
        lost = [check for check in dict.fromkeys(f.check for f in each.findings) if check not in ended]
        other_name = "run" if name == "base" else "base"
        for why, checks in (
            ("did not plan", [check for check in lost if check not in planned]),
            ("ended before it had made", [check for check in lost if check in planned]),
        ):
            if checks:
                yield f"Findings: the {other_name} {why} {_listed(checks)} of the {name}; {hence}."


def _listed(checks: list[str]) -> str:
    more = len(checks) - _NAMED
    counted = f"{len(checks)} check{'s' if len(checks) > 1 else ''}"
    return f"{counted} ({', '.join(checks[:_NAMED])}{f' and {more} more' if more > 0 else ''})"
