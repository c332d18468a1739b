"""What a failure takes the meaning from: later checks then become not verified instead of passing for no reason."""

from __future__ import annotations

from collections.abc import Iterable

from harness.checks.context import Context
from harness.checks.registry import Check, Need
from harness.core.findings import Finding
from harness.core.vocabulary import Phase, Severity, Status
from harness.reference.checkpoint import Form

_AFTER_LOAD = tuple(p for p in Phase if p is not Phase.LOAD)

#: A failed phase → the phases whose checks would then say nothing. A constant scorer satisfies every invariant, and
#: NaN makes every comparison meaningless; wrong tokens or a wrong prompt leave the values worth looking at.
TAKES_MEANING_FROM: dict[Phase, tuple[Phase, ...]] = {
    Phase.LOAD: _AFTER_LOAD,
    Phase.FINITE: (Phase.SPREAD, Phase.INVARIANTS, Phase.VALUES, Phase.RANKING, Phase.SPEED),
    Phase.SPREAD: (Phase.INVARIANTS, Phase.RANKING, Phase.SPEED),
}


def blocked_by(check: Check, findings: Iterable[Finding], phases: dict[str, Phase]) -> Finding | None:
    """The earlier failure (critical or major) that leaves `check` without meaning, if there is one."""
    for finding in findings:
        if finding.status is not Status.FAIL or finding.severity not in (Severity.CRITICAL, Severity.MAJOR):
            continue
        if check.phase in TAKES_MEANING_FROM.get(phases[finding.check], ()):
            return finding
    return None


#: Needs that a target's own nature denies, or that are another's business: their absence is no gap in the verification.
BY_NATURE = (Need.PIPELINE, Need.CAUSAL, Need.TEMPLATE, Need.SERVER, Need.SOURCE)


def missing_need(check: Check, context: Context) -> Need | None:
    """What the check needs and this verification has not: first what somebody could supply, then what lies in the
    target's nature.
    """
    needs = sorted(check.needs, key=lambda need: need in BY_NATURE)
    return next((need for need in needs if not _has(need, context)), None)


def _has(need: Need, context: Context) -> bool:
    checkpoint = context.checkpoint
    match need:
        case Need.CHECKPOINT:
            return checkpoint is not None
        case Need.ANSWERS:
            return context.has_answers
        case Need.REFERENCE:
            return context.reference is not None
        case Need.PIPELINE:
            return context.target.reranker is not None
        case Need.CAUSAL:
            return checkpoint is not None and checkpoint.form is Form.CAUSAL
        case Need.TEMPLATE:
            return checkpoint is not None and checkpoint.templated
        case Need.SERVER:
            return context.server is not None
        case Need.SOURCE:
            return context.sources is not None
