"""The tables of a report: areas, devices, what was not verified and why, and the environment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harness.core.findings import Finding
from harness.core.run import Run, coverage
from harness.core.vocabulary import Area, Coverage, Severity, Stage, Status, Verdict
from reports.text import brief, number, one_line, plural, quantity


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area, how far it was verified, how many findings of each status it has, and what that rests on."""

    id: str
    title: str
    status: Coverage
    counts: dict[str, int]
    evidence: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of the pipeline, how far it was verified, and what was found there in a few words."""

    stage: str
    status: Coverage
    told: str


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device, how far it was verified, and why."""

    device: str
    status: Coverage
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What was not verified for one reason. `weakens`: the verdict suffers from it."""

    reason: str
    remedies: tuple[str, ...]
    subjects: tuple[str, ...]
    weakens: bool


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Gravest first; among equals as they were found, because causes are found before their consequences."""
    return tuple(sorted(findings, key=lambda f: f.severity.rank))


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings have each status, in the order of the statuses."""
    found = Counter(f.status for f in findings)
    return {status.value: found[status] for status in Status}


def areas(run: Run) -> tuple[AreaRow, ...]:
    """Every area, also those that the run did not reach."""
    return tuple(_area(run, area) for area in Area)


def stages(run: Run) -> tuple[StageRow, ...]:
    """The eight stages in the order in which a pair passes them."""
    return tuple(_stage(stage, run) for stage in Stage)


def devices(run: Run) -> tuple[DeviceRow, ...]:
    """Every kind of device, also those that are no part of the run."""
    return tuple(DeviceRow(name, status, _device_reason(run, name)) for name, status in run.device_coverage().items())


def gaps(run: Run) -> tuple[Gap, ...]:
    """What was not verified, grouped by reason; what weakens the verdict first."""
    reasons: dict[tuple[bool, str], list[Finding]] = {}
    for finding in (f for f in run.findings if f.status is Status.NOT_VERIFIED):
        reasons.setdefault((finding.severity is not Severity.INFO, finding.message), []).append(finding)
    found = [
        Gap(reason, tuple(dict.fromkeys(f.remedy for f in of if f.remedy)), tuple(map(named, of)), weakens)
        for (weakens, reason), of in reasons.items()
    ]
    found += [Gap(u.reason, (), (f"everything on {u.device}",), weakens=True) for u in run.unavailable]
    if run.missing:
        found.append(Gap(_why_never(run), (), run.missing, weakens=True))
    return tuple(sorted(found, key=lambda gap: not gap.weakens))


def named(finding: Finding) -> str:
    """A finding's check, with its subject where it has one."""
    return f"{finding.check} [{finding.subject}]" if finding.subject else finding.check


def environment(run: Run) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that the run depends on: model, digests, machine, packages."""
    begun = run.started
    model = {name: value for name, value in begun.model.items() if name != "files"}  # their digest is there
    facts = {"model": model, "target": begun.target, "profile": begun.profile, "inputs": begun.inputs}
    return tuple(_flat({**facts, **begun.environment}))


def _area(run: Run, area: Area) -> AreaRow:
    findings = [f for f in run.findings if f.area is area]
    lost = sum(check.startswith(f"{area}.") for check in run.missing)
    told = [_evidence(findings)] + [f"{plural(lost, 'planned check')} left no finding"] * (lost > 0)
    return AreaRow(area.value, area.title, run.coverage(area), counted(findings), brief("; ".join(told), 200))


def _stage(stage: Stage, run: Run) -> StageRow:
    findings = [f for f in run.findings if f.stage is stage]
    counts, status = counted(findings), coverage(findings)
    if run.missing and status is Coverage.VERIFIED:
        status = Coverage.PARTIAL  # a check that left no finding does not say to which stage it belonged
    told = f"{counts['fail']} of {len(findings)} fell short" if counts["fail"] else plural(len(findings), "finding")
    return StageRow(stage.value, status, told)


def _evidence(findings: list[Finding]) -> str:
    def of(status: Status) -> tuple[Finding, ...]:
        return ranked(f for f in findings if f.status is status)

    if not findings:
        return "no check of this area was made"
    if failed := of(Status.FAIL):
        return failed[0].message
    told = [_closest(passed)] if (passed := of(Status.PASS)) else []
    told += [f"{f.title}: {f.message}" for f in of(Status.ERROR)[:1]]
    told += [f"not verified: {f.message}" for f in of(Status.NOT_VERIFIED)[:1]]
    return "; ".join(told) or of(Status.WARN)[0].message


def _closest(passed: tuple[Finding, ...]) -> str:
    limited = [f for f in passed if f.limit is not None and f.margin is not None]
    if not limited:
        return passed[0].message
    tight = min(limited, key=lambda f: abs(f.margin or 0.0) / (abs(f.limit or 0.0) or 1.0))
    return f"closest to its limit: {tight.title}, {quantity(tight.value, tight.unit)} against {number(tight.limit)}"


def _device_reason(run: Run, name: str) -> str:
    if name != run.device.split(":")[0]:
        return "not part of this run"
    if run.unavailable:
        return "; ".join(u.reason for u in run.unavailable)
    fallen = sum(f.status is Status.FAIL for f in run.findings)
    if fallen:
        return f"{fallen} of {plural(len(run.findings), 'finding')} fell short"
    told = plural(len(run.findings), "finding") + ", none of which fell short"
    return told if run.verdict is Verdict.PASS else f"{told}, but the run is incomplete"


def _why_never(run: Run) -> str:
    if run.finished is None:
        return "the run was interrupted before its turn came"
    return "the device is not there" if run.unavailable else "it was planned and left no finding"


def _flat(facts: dict[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for name, value in facts.items():
        path = f"{prefix}{name}".replace("_", " ")
        if isinstance(value, dict):
            yield from _flat(value, f"{path}: ")
        elif value is not None:
            yield _shown(path, value)


def _shown(name: str, value: Any) -> tuple[str, str]:
    if name.endswith(" bytes") and isinstance(value, int | float):
        return name.removesuffix(" bytes"), f"{value / 2**30:.1f} GiB"
    if isinstance(value, float):
        return name, number(value)
    return name, one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
