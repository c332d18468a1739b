"""What a check found, and how a number is held against a limit."""

from __future__ import annotations

from dataclasses import dataclass

from harness.core.vocabulary import Area, Severity, Stage, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check says of one subject, before the engine adds who asked and on which device.

    `margin` is how far the value is on the right side of the limit (negative: how much it falls short), in `unit`.
    `severity` overrides the check's own; `subject` tells several outcomes of one check apart.
    """

    status: Status
    message: str
    value: float | None = None
    limit: float | None = None
    margin: float | None = None
    unit: str = ""
    evidence: str = ""
    remedy: str = ""
    subject: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's outcome as reports show it; `reproduce` is a command that makes it again."""

    check: str
    title: str
    area: Area
    stage: Stage
    status: Status
    severity: Severity
    device: str
    message: str
    value: float | None
    limit: float | None
    margin: float | None
    unit: str
    evidence: str
    remedy: str
    subject: str
    reproduce: str
    seconds: float


def at_most(
    value: float, limit: float, unit: str, message: str, *, evidence: str = "", remedy: str = "", subject: str = ""
) -> Outcome:
    """Pass if `value` ≤ `limit`; NaN fails. The value is the smallest limit that would have passed."""
    status = Status.PASS if value <= limit else Status.FAIL
    margin = limit - value
    return Outcome(status, message, value, limit, margin, unit, evidence, remedy, subject)


def at_least(
    value: float, limit: float, unit: str, message: str, *, evidence: str = "", remedy: str = "", subject: str = ""
) -> Outcome:
    """Pass if `value` ≥ `limit`; NaN fails. The value is the largest limit that would have passed."""
    status = Status.PASS if value >= limit else Status.FAIL
    return Outcome(status, message, value, limit, value - limit, unit, evidence, remedy, subject)


def holds(condition: bool, message: str, *, evidence: str = "", remedy: str = "", subject: str = "") -> Outcome:
    """Pass if `condition` is true; for properties that have no number."""
    status = Status.PASS if condition else Status.FAIL
    return Outcome(status, message, evidence=evidence, remedy=remedy, subject=subject)


def measured(value: float, unit: str, message: str, *, evidence: str = "", subject: str = "") -> Outcome:
    """A figure that is reported without a limit."""
    return Outcome(Status.PASS, message, value, unit=unit, evidence=evidence, subject=subject, severity=Severity.INFO)


def warns(message: str, *, evidence: str = "", remedy: str = "", subject: str = "") -> Outcome:
    """Something a reader should know that does not fall short of what is claimed."""
    return Outcome(Status.WARN, message, evidence=evidence, remedy=remedy, subject=subject)


def not_verified(reason: str, *, remedy: str = "", subject: str = "") -> Outcome:
    """The check could not be made although it would matter."""
    return Outcome(Status.NOT_VERIFIED, reason, remedy=remedy, subject=subject)


def not_applicable(reason: str, *, subject: str = "") -> Outcome:
    """The check has no meaning for this target; its absence does not weaken the verdict."""
    return Outcome(Status.NOT_VERIFIED, reason, subject=subject, severity=Severity.INFO)
