"""One verification: runs checks in order, holds back those whose meaning is gone, and tells it all as events."""

from __future__ import annotations

import shlex
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from harness.checks.context import Context
from harness.checks.registry import Check, all_checks, find, planned_checks
from harness.core.errors import CannotWrite, MalformedAnswer, Refused, TargetError, Unanswerable, UsageError
from harness.core.events import (
    CauseFound,
    CheckFinished,
    CheckStarted,
    DeviceUnavailable,
    Event,
    FindingMade,
    Noted,
    RunFinished,
)
from harness.core.findings import Finding, Outcome, not_applicable, not_verified
from harness.core.vocabulary import Phase, Status
from harness.diagnosis.result import Diagnosis
from harness.engine.gating import BY_NATURE, blocked_by, missing_need
from harness.engine.opening import now, run_started
from harness.engine.recording import record
from harness.engine.setup import Request, build_context
from harness.reference.device_errors import device_error

#: Phases whose failures have a cause that scores can show.
CAUSED = (Phase.TOKENS, Phase.PROMPT, Phase.FINITE, Phase.SPREAD, Phase.INVARIANTS, Phase.VALUES, Phase.RANKING)


@dataclass
class Session:
    """Runs checks against one context; the same for command line, plugin and library."""

    request: Request
    context: Context
    emit: Callable[[Event], None]
    findings: list[Finding] = field(default_factory=list)
    diagnosis: Callable[[Context], Diagnosis] | None = None
    confirm: Callable[[Context], None] | None = None
    """Measures again what looks worse than in an earlier run."""

    def run(self, check: Check) -> list[Finding]:
        """Run one check, or say why not; TargetError passes through when the target is gone."""
        self.emit(CheckStarted(check.id))
        started = time.perf_counter()
        outcomes = self._outcomes(check)
        seconds = (time.perf_counter() - started) / max(1, len(outcomes))
        made = [self._finding(check, outcome, seconds) for outcome in outcomes]
        for finding in made:
            self.findings.append(finding)
            self.emit(FindingMade(finding))
        self.emit(CheckFinished(check.id))
        return made

    def complete(self, checks: Iterable[Check]) -> list[Finding]:
        """Run what is left, tell what the next run is held against and name causes: the run has come to its end."""
        for check in checks:
            self.run(check)
        record(self.context)
        if self.confirm is not None:
            self.confirm(self.context)
        self.explain()
        self.emit(RunFinished(now()))
        return self.findings

    def explain(self) -> None:
        """Name the causes of what fell short, where that is asked for and something did."""
        if self.diagnosis is None or not any(self._wants_a_cause(finding) for finding in self.findings):
            return
        try:
            found = self.diagnosis(self.context)
        except (TargetError, CannotWrite):
            raise
        except Exception as error:
            self.emit(Noted("diagnosis", f"the diagnosis could not be made: {type(error).__name__}: {error}"))
            return
        for cause in found.causes:
            self.emit(CauseFound(cause))

    def _wants_a_cause(self, finding: Finding) -> bool:
        return finding.status is Status.FAIL and find(finding.check).phase in CAUSED

    def _outcomes(self, check: Check) -> list[Outcome]:
        held = self._held_back(check)
        if held is not None:
            return [held]
        try:
            outcome = check.body(self.context)
            return [outcome] if isinstance(outcome, Outcome) else list(outcome)
        except Unanswerable as error:
            return [not_verified(str(error))]
        except (Refused, MalformedAnswer) as error:
            return [Outcome(Status.FAIL, str(error), remedy="a server answers every document of a sound request")]
        except (TargetError, CannotWrite):
            raise
        except UsageError as error:
            return [Outcome(Status.ERROR, str(error))]
        except Exception as error:
            return [_broken(error)]

    def _held_back(self, check: Check) -> Outcome | None:
        need = missing_need(check, self.context)
        if need is not None:
            reason = f"needs {need.value}"
            return not_applicable(reason) if need in BY_NATURE else not_verified(reason)
        blocker = blocked_by(check, self.findings, {c.id: c.phase for c in all_checks()})
        if blocker is None:
            return None
        return not_verified(f"has no meaning while {blocker.check} fails", remedy=f"mend {blocker.check} first")

    def _finding(self, check: Check, outcome: Outcome, seconds: float) -> Finding:
        return Finding(
            check=check.id, title=check.title, area=check.area, stage=check.stage, status=outcome.status,
            severity=outcome.severity or check.severity, device=str(self.context.device), message=outcome.message,
            value=outcome.value, limit=outcome.limit, margin=outcome.margin, unit=outcome.unit,
            evidence=outcome.evidence, remedy=outcome.remedy, subject=outcome.subject,
            reproduce=reproduce(self.request, check), seconds=round(seconds, 4),
        )  # fmt: skip


def _broken(error: Exception) -> Outcome:
    """What kept a check from being made: the device, or a mistake of its own."""
    evidence, device = traceback.format_exc(limit=-3), device_error(error)
    if device is not None:
        return Outcome(Status.ERROR, str(device), evidence=evidence, remedy=device.remedy)
    return Outcome(Status.ERROR, f"the check itself failed: {type(error).__name__}: {error}", evidence=evidence)


def reproduce(request: Request, check: Check) -> str:
    """A command that makes this check's finding again."""
    words = ["rerank-harness", "verify", "--target", request.target, "--device", request.device]
    for option, value in _options(request).items():
        words += [option, str(value)] if value else []
    return shlex.join([*words, "--profile", request.profile, "--only", check.id])


def _options(request: Request) -> dict[str, object]:
    """Options that a finding depends on. Headers may hold secrets: only that there were some is told."""
    reached = request.connection
    return {
        "--model": request.model, "--collection": request.collection, "--dtype": request.dtype,
        "--calibration": request.calibration, "--source": request.source,
        "--prompt": None if request.applies_prompt else "caller", "--api-key-env": reached.api_key_env,
        "--model-name": reached.model_name, "--ca-file": reached.ca_file,
        "--header": "NAME: VALUE" if reached.headers else None,
    }  # fmt: skip


def verify(
    request: Request,
    emit: Callable[[Event], None],
    checks: Sequence[Check] | None = None,
    context: Context | None = None,
    diagnosis: Callable[[Context], Diagnosis] | None = None,
    confirm: Callable[[Context], None] | None = None,
) -> list[Finding]:
    """Run a whole verification, in `context` if one was built before; the last event says that it came to its end.

    `diagnosis` is made where scores fall short; `confirm` measures again what looks worse than in an earlier run.
    """
    chosen = planned_checks(with_source=request.source is not None) if checks is None else tuple(checks)
    reason = request.parsed_device.missing()
    if reason is None and context is None:
        context = build_context(request, emit)
    emit(run_started(request, chosen, context))
    if context is None:
        emit(DeviceUnavailable(request.device, str(reason), request.require_device))
        emit(RunFinished(now()))
        return []
    return Session(request, context, emit, diagnosis=diagnosis, confirm=confirm).complete(chosen)


def select_checks(ids: Iterable[str]) -> tuple[Check, ...]:
    """The checks of those ids or areas, in order; UsageError for an id that does not exist."""
    wanted = set(ids)
    known = {c.id for c in all_checks()} | {c.area.value for c in all_checks()}
    if unknown := sorted(wanted - known):
        raise UsageError(f"no check or area {unknown[0]!r}; areas: {', '.join(sorted({c.area for c in all_checks()}))}")
    return tuple(c for c in all_checks() if c.id in wanted or c.area.value in wanted)
