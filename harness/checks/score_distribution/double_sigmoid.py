"""A probability that went through the sigmoid once more."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, holds, not_applicable, not_verified
from harness.core.scores import Scale, to_log_odds, to_probability
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: σ maps [0, 1] onto [0.5, σ(1)]; the slack is one unit in the last place of a float32 near 0.73.
LOW, HIGH, SLACK = 0.5, float(to_probability(1.0)), 6e-8


@check(
    "score-distribution.double-sigmoid",
    "The sigmoid is applied once",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.ACTIVATE,
    phase=Phase.SPREAD,
    severity=Severity.CRITICAL,
)
def double_sigmoid(context: Context) -> Outcome:
    """The scores of a collection with relevant and irrelevant documents do not all lie in [0.5, 0.7311], onto which a
    second sigmoid maps every probability.
    """
    if context.target.capabilities.scale is not Scale.PROBABILITY:
        return not_applicable("log-odds are declared")
    scores = context.scores(context.judged_pairs)
    low, high = float(scores.min()), float(scores.max())
    if high - low <= SLACK:
        return not_verified(f"every score is {low:.7g}: see score-distribution.named-constants")
    squeezed = low >= LOW - SLACK and high <= HIGH + SLACK
    once = to_log_odds(np.clip([low, high], LOW, HIGH))
    return holds(
        not squeezed,
        f"scores lie in [{low:.4f}, {high:.4f}]"
        + (", where a second sigmoid puts every probability" if squeezed else ""),
        evidence=f"with one sigmoid less they would lie in [{once[0]:.4f}, {once[1]:.4f}]" if squeezed else "",
        remedy="the server already answers with probabilities: do not apply a sigmoid to them",
    )
