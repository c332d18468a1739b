"""The decision on a release, derived from events, policy and waivers, and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from harness.core.errors import UsageError
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.core.waivers import Accepted, Waiver, apply, as_accepted
from reports.signoff.policy import Policy
from reports.signoff.requirements import named, unmet
from reports.text import one_line


class Release(StrEnum):
    """What is said of a release."""

    PASS = "PASS"
    CONDITIONAL = "CONDITIONAL"
    """It passes with waivers that the policy allows."""
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with each reason against it. In `runs`, what `accepted` says counts as a warning."""

    verdict: Release
    reasons: tuple[str, ...]
    runs: tuple[Run, ...]
    policy: Policy
    accepted: tuple[Accepted, ...]
    at: datetime

    @property
    def model(self) -> str:
        """What the model is called."""
        return str(self.runs[0].started.model.get("id"))

    @property
    def digest(self) -> str:
        """The model's digest."""
        return str(self.runs[0].started.model["digest"])

    def tests(self) -> dict[Status, tuple[str, ...]]:
        """The names of what passed, warned (or was waived) and failed; each name in one of them. A planned check that
        left no finding has failed; what was not verified has no place among them.
        """
        worst = {one_line(f"{run.device}/{check}"): Status.FAIL for run in self.runs for check in run.missing}
        order = [Status.PASS, Status.WARN, Status.FAIL]
        for name, status in [(_test(run, f), _result(f)) for run in self.runs for f in run.findings]:
            if status in order:
                worst[name] = max(worst.get(name, Status.PASS), status, key=order.index)
        return {kind: tuple(sorted(name for name, status in worst.items() if status is kind)) for kind in order}


def decide(runs: Sequence[Run], policy: Policy, waivers: Sequence[Waiver], at: datetime) -> Decision:
    """Hold runs of one model against a policy at a time. UsageError where they are not of one model, one is given
    twice, or one names no model.
    """
    _require_one_model(runs)
    waived = apply(waivers, runs, at.date())
    allowed = tuple(entry for entry in waived.accepted if policy.allows(entry))
    forbidden = [
        f"{entry.waiver.name} is not allowed by the policy for {entry.finding.check} ({entry.finding.severity})"
        for entry in waived.accepted
        if not policy.allows(entry)
    ]
    counted = tuple(as_accepted(run, allowed) for run in runs)
    reasons = tuple(dict.fromkeys(map(one_line, (*waived.problems, *forbidden, *unmet(policy, counted, at)))))
    verdict = Release.FAIL if reasons else Release.CONDITIONAL if allowed else Release.PASS
    return Decision(verdict, reasons, counted, policy, allowed, at)


def _require_one_model(runs: Sequence[Run]) -> None:
    first = runs[0]
    for run in runs:
        if not run.started.model.get("digest"):
            raise UsageError(f"{named(run)} names no model: there is nothing to sign off; verify with --model")
        if run.started.model["digest"] != first.started.model.get("digest"):
            raise UsageError(
                f"{named(run)} is of the model {_model(run)}, and {named(first)} of {_model(first)}; "
                "a release is of one model"
            )
    twice = [run for n, run in enumerate(runs) if any(run.id == other.id for other in runs[:n])]
    if twice:
        raise UsageError(f"{named(twice[0])} is given twice")


def _model(run: Run) -> str:
    return f"{run.started.model.get('id')} ({run.started.model['digest']})"


def _test(run: Run, finding: Finding) -> str:
    subject = f" ({finding.subject})" if finding.subject else ""
    return one_line(f"{run.device}/{finding.check}{subject}")


def _result(finding: Finding) -> Status:
    return Status.FAIL if finding.status is Status.ERROR else finding.status
