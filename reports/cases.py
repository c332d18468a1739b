"""A run as test cases, for the formats of CI systems: one a finding, and one for each thing that it lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Status, Verdict
from reports import tables
from reports.story import Story
from reports.text import one_line, quantity, visible


@dataclass(frozen=True, slots=True)
class Case:
    """A test case: all text of it is visible, and all but `details` is one line. `kind` is a severity, or "run"."""

    suite: str
    name: str
    status: Status
    kind: str
    message: str
    details: str = ""
    seconds: float = 0.0
    finding: Finding | None = None


def cases(run: Run) -> tuple[Case, ...]:
    """Findings area by area, then what the run lacks, so that a run that is not whole is not taken for green."""
    found = [_case(finding) for area in Area for finding in run.findings if finding.area is area]
    return (*found, *_lacks(run))


def _case(finding: Finding) -> Case:
    return Case(
        finding.area.value, one_line(tables.named(finding)), finding.status, finding.severity.value,
        one_line(finding.message), visible(_details(finding)),
        finding.seconds if math.isfinite(finding.seconds) else 0.0, finding,
    )  # fmt: skip


def _details(finding: Finding) -> str:
    measured = (("value", finding.value), ("limit", finding.limit), ("margin", finding.margin))
    lines = [finding.title, finding.message]
    lines += [f"{name}: {quantity(value, finding.unit)}" for name, value in measured if value is not None]
    told = (("evidence", finding.evidence), ("remedy", finding.remedy), ("reproduce", finding.reproduce))
    return "\n".join(lines + [f"{name}: {text}" for name, text in told if text])


def _lacks(run: Run) -> list[Case]:
    lacks = []
    if interruption := Story(run).interruption:
        lacks.append(_lack("came to its end", Status.ERROR, interruption))
    for device in run.unavailable:
        status = Status.FAIL if run.verdict is Verdict.FAIL and device.required else Status.NOT_VERIFIED
        lacks.append(_lack(f"device {device.device}", status, device.reason))
    return lacks + [_lack(check, Status.NOT_VERIFIED, "planned, but left no finding") for check in run.missing]


def _lack(name: str, status: Status, message: str) -> Case:
    return Case("run", one_line(name), status, "run", one_line(message))
