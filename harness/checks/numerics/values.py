"""The values themselves, pair by pair."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.numerics.deviation import on_probes
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "numerics.values",
    "Computes the reference's values",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    severity=Severity.CRITICAL,
    needs=(Need.ANSWERS,),
    beside="compares every value and so sees most faults: the others say which, or do without a model",
)
def values(context: Context) -> Outcome:
    """On every probe, the target's log-odds are within the measured noise of what the model defines."""
    found = on_probes(context)
    largest = float(found.absolute.max())
    return at_most(
        largest,
        context.noise.limit_logit,
        "logit",
        f"the largest deviation from the reference is {largest:.2e} logit on {len(found.pairs)} pairs",
        evidence=f"{found.quantiles}; the smallest tolerance that would pass is {largest:.3e}; {found.worst}",
        remedy="the first stage that differs is the cause: compare the prompt's token ids, then the answer ids, then "
        "padding and dtype",
    )
