"""Accepted failures: a file in the user's repository, in which every entry must be needed, in time and to the point."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from harness.core.errors import UsageError
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Severity, Status
from harness.core.written import read_written

_SCHEMA = Path(__file__).with_name("waivers.schema.json")


class Justification(StrEnum):
    """Why a failure is accepted: the `justificationType` of a suppression in the draft of SARIF 2.2 (issue 574)."""

    FIX_DEFERRED = "FixDeferred"
    NOT_FOR_RELEASE = "NotForRelease"
    RISK_ACCEPTED = "RiskAccepted"
    TOOL_NOISE = "ToolNoise"
    VULNERABILITY_NOT_FEASIBLE = "VulnerabilityNotFeasible"


@dataclass(frozen=True, slots=True)
class Waiver:
    """An entry, by its place in the file (from 1). It holds through the day `expires`, UTC. Check, subject, device,
    target and model are patterns of `fnmatch`; a device is also known by its kind, a model by its digest.
    """

    number: int
    check: str
    owner: str
    reason: str
    link: str
    expires: date
    justification: Justification
    subject: str = "*"
    device: str = "*"
    target: str = "*"
    model: str = "*"

    @property
    def name(self) -> str:
        """The entry as a message names it."""
        return f"waiver {self.number} ({self.check}, {self.owner})"

    def concerns(self, run: Run) -> bool:
        """Whether the run is of the target, the model and the device that the entry is about."""
        model = run.started.model
        return (
            _any((run.device, run.device.split(":")[0]), self.device)
            and _any((str(run.started.target.get("spec")),), self.target)
            and _any((str(model.get("id")), str(model.get("digest"))), self.model)
        )

    def covers(self, finding: Finding) -> bool:
        """Whether the entry is about a finding of a run that it concerns."""
        return fnmatchcase(finding.check, self.check) and fnmatchcase(finding.subject, self.subject)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that falls short and is accepted: in which run, and by which entry."""

    run: str
    finding: Finding
    waiver: Waiver

    @property
    def counted(self) -> Finding:
        """The finding as it counts: a warning."""
        return replace(self.finding, status=Status.WARN)


@dataclass(frozen=True, slots=True)
class Waived:
    """What the entries of a file come to. Each of `problems` is a failure by itself, told in one sentence."""

    accepted: tuple[Accepted, ...] = ()
    problems: tuple[str, ...] = ()


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The entries of a file; UsageError names the file, the entry and what is wrong with it."""
    written = read_written(path, "file of waivers", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    return tuple(_waiver(number, entry, path) for number, entry in enumerate(written.get("waiver", ()), 1))


def falls_short(finding: Finding) -> bool:
    """Whether there is something to accept: a failure, an error, or what could not be verified although it matters."""
    if finding.status is Status.NOT_VERIFIED:
        return finding.severity is not Severity.INFO
    return finding.status in (Status.FAIL, Status.ERROR)


def apply(waivers: Iterable[Waiver], runs: Sequence[Run], today: date, known: Collection[str] | None = None) -> Waived:
    """Hold entries against what was found. An entry whose findings pass, that has expired, or that matches nothing is
    a problem; an expired one accepts nothing.

    Where `known` names every check there is, the runs need not be all that the file is about: an entry for another
    device, target or model, or for a check that was not asked for, is then left alone.
    """
    accepted: list[Accepted] = []
    problems: list[str] = []
    for waiver in waivers:
        matched = [(run, f) for run in runs if waiver.concerns(run) for f in run.findings if waiver.covers(f)]
        short = [Accepted(run.id, finding, waiver) for run, finding in matched if falls_short(finding)]
        expired = today > waiver.expires
        accepted += [] if expired else short
        if expired:
            problems.append(f"{waiver.name} expired on {waiver.expires}")
        elif not matched and not _elsewhere(waiver, runs, known):
            problems.append(f"{waiver.name} matches nothing that was found")
        elif matched and not short:
            problems.append(f"{waiver.name} is not needed: nothing that it matches falls short any more")
    return Waived(tuple(accepted), tuple(problems))


def as_accepted(run: Run, accepted: Iterable[Accepted]) -> Run:
    """The run in which what was accepted counts as a warning; its verdict is then that with the waivers."""
    ours = {entry.finding: entry.counted for entry in accepted if entry.run == run.id}
    return replace(run, findings=tuple(ours.get(finding, finding) for finding in run.findings))


def _waiver(number: int, entry: dict[str, str], path: Path) -> Waiver:
    try:
        expires = date.fromisoformat(entry["expires"])
    except ValueError as error:
        raise UsageError(f"{path} is no file of waivers: waiver {number}, expires: {error}") from None
    typed = {"expires": expires, "justification": Justification(entry["justification"])}
    return Waiver(number, **{**entry, **typed})  # type: ignore[arg-type]  # the schema has seen to it


def _elsewhere(waiver: Waiver, runs: Sequence[Run], known: Collection[str] | None) -> bool:
    """Whether an entry that matches nothing may match in a run that is not among these."""
    if known is None or not any(fnmatchcase(check, waiver.check) for check in known):
        return False
    return not any(_plans(run, waiver) for run in runs if waiver.concerns(run))


def _plans(run: Run, waiver: Waiver) -> bool:
    return any(fnmatchcase(check, waiver.check) for check in run.started.planned)


def _any(names: Iterable[str], pattern: str) -> bool:
    return any(fnmatchcase(name, pattern) for name in names)
