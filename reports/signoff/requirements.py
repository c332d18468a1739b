"""Each thing that a policy asks for, held against the runs: one sentence for whatever is not met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

from harness.core.findings import Finding
from harness.core.run import Run, coverage
from harness.core.vocabulary import Coverage, Status
from harness.core.waivers import falls_short
from reports.signoff.policy import PROFILES, Policy
from reports.text import brief, one_line, quantity

#: How far the clocks of two machines may be apart.
SKEW = timedelta(minutes=5)


def unmet(policy: Policy, runs: Sequence[Run], at: datetime) -> Iterator[str]:
    """Why `runs` are not what the policy asks for at a time; in them, what was accepted counts as a warning."""
    for run in runs:
        yield from _sound(run)
        yield from _fallen(run)
        yield from _right(policy, run)
        yield from _young(policy, run, at)
    if not policy.prompts and len(set(map(prompt_of, runs))) > 1:
        yield "the runs were made with different prompts, and the policy names none of them"
    for device in policy.devices:
        there = covering(runs, device)
        yield from _on(policy, device, there) if there else [f"device {device} is required, and no run covered it"]


def covering(runs: Iterable[Run], device: str) -> tuple[Run, ...]:
    """The runs that verified something on a kind of device."""
    return tuple(r for r in runs if r.device.split(":")[0] == device and r.findings and not r.unavailable)


def named(run: Run) -> str:
    """A run as a sentence names it."""
    return one_line(f"run {run.id[:12]} on {run.device}")


def is_digest(value: object) -> bool:
    """Whether something is a sha256 as events write it."""
    return isinstance(value, str) and re.fullmatch("sha256:[0-9a-f]{64}", value) is not None


def collection_of(run: Run) -> tuple[str | None, str | None]:
    """Name and digest of the collection that a run was made with, where it says them."""
    return _word(run.started.environment.get("collection")), _word(run.started.inputs.get("collection"))


def prompt_of(run: Run) -> str | None:
    """The digest of the prompt that a run was made with, where it says one."""
    return _word(run.started.inputs.get("prompt"))


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _sound(run: Run) -> Iterator[str]:
    if run.finished is None:
        yield f"{named(run)} did not come to its end"
    for unavailable in run.unavailable:
        yield f"{named(run)}: the device was not there ({unavailable.reason})"
    for check in run.missing:
        yield f"{named(run)}: {check} was planned and left no finding"
    if not is_digest(run.started.inputs.get("collection")):
        yield f"{named(run)} does not say the digest of its collection; verify again"


def _fallen(run: Run) -> Iterator[str]:
    words = {Status.FAIL: "failed", Status.ERROR: "ended in an error"}
    for finding in run.findings:
        if finding.status in words:
            yield f"{_finding(finding)} {words[finding.status]} on {run.device}: {brief(finding.message, 200)}"


def _right(policy: Policy, run: Run) -> Iterator[str]:
    began = run.started
    if policy.models and began.model.get("digest") not in policy.models:
        yield f"{named(run)}: the model {began.model.get('digest')} is none that the policy names"
    if policy.prompts and prompt_of(run) not in policy.prompts:
        yield f"{named(run)}: the prompt {began.inputs.get('prompt')} is none that the policy names"
    if policy.targets and not any(fnmatchcase(str(began.target.get("spec")), one) for one in policy.targets):
        yield f"{named(run)}: the target {began.target.get('spec')} is none that the policy names"
    known = began.profile in PROFILES
    if not known or PROFILES.index(began.profile) < PROFILES.index(policy.profile):
        yield f"{named(run)}: the profile is {began.profile}, and the policy asks for {policy.profile} at least"


def _young(policy: Policy, run: Run, at: datetime) -> Iterator[str]:
    try:
        age = at - datetime.fromisoformat(run.started.started).astimezone(UTC)
    except (ValueError, OverflowError):
        yield f"{named(run)} does not say when it began"
        return
    if age < -SKEW:
        yield f"{named(run)} began in the future, at {run.started.started}"
    if policy.max_age_days is not None and age > timedelta(days=policy.max_age_days):
        yield f"{named(run)} is {age.days} days old, and the policy allows {policy.max_age_days:g}"


def _on(policy: Policy, device: str, runs: Sequence[Run]) -> Iterator[str]:
    """What is not met on one device, by all its runs together."""
    findings = [finding for run in runs for finding in run.findings]
    for collection in policy.collections:
        if not any(
            collection in (r.started.environment.get("collection"), r.started.inputs.get("collection")) for r in runs
        ):
            yield f"collection {collection} is required, and no run on {device} used it"
    for area in policy.areas:
        inside = [f for f in findings if f.area is area]
        reached = coverage(inside)
        if reached is not Coverage.VERIFIED:
            yield f"area {area} is {reached} on {device}{_because(inside)}"
        elif not _passed(inside):
            yield f"area {area}: nothing of it passed on {device} without a warning or a waiver"
    for pattern in policy.checks:
        yield from _check(pattern, device, [f for f in findings if fnmatchcase(f.check, pattern)])
    for pattern, least in policy.margins.items():
        yield from _margin(pattern, least, device, [f for f in findings if fnmatchcase(f.check, pattern)])


def _check(pattern: str, device: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not _passed(findings):
        yield f"check {pattern} is required, and nothing of it passed on {device}{_because(findings)}"
    elif any(map(falls_short, findings)):
        yield f"check {pattern} is required, and not all of it passed on {device}{_because(findings)}"


def _margin(pattern: str, least: float, device: str, findings: Sequence[Finding]) -> Iterator[str]:
    measured = [(f, f.margin) for f in findings if f.margin is not None]
    if not measured:
        yield f"margin of {pattern} is required, and nothing of it has one on {device}"
    for finding, margin in measured:
        if finding.status is not Status.WARN and not margin >= least:
            yield (
                f"margin of {_finding(finding)} is {quantity(margin, finding.unit)} on {device}, "
                f"and the policy asks for {quantity(least, finding.unit)}"
            )


def _passed(findings: Iterable[Finding]) -> bool:
    return any(finding.status is Status.PASS for finding in findings)


def _because(findings: Iterable[Finding]) -> str:
    """The findings that fall short, and the first's words."""
    short = [finding for finding in findings if falls_short(finding)]
    if not short:
        return ""
    names = ", ".join(dict.fromkeys(map(_finding, short)))
    return f" because of {brief(names, 300)} ({short[0].status}: {brief(short[0].message, 120)})"


def _finding(finding: Finding) -> str:
    return brief(f"{finding.check} ({finding.subject})" if finding.subject else finding.check, 200)
