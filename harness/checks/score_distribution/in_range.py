"""The declared scale."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most, holds, not_verified
from harness.core.scores import Scale
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "score-distribution.in-range",
    "Scores are on the declared scale",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.ACTIVATE,
    phase=Phase.FINITE,
    beside="says what scale was sent, where values only say that something is off",
)
def in_range(context: Context) -> Outcome:
    """What is declared a probability lies in [0, 1]; what is declared log-odds does not all lie there."""
    scores = context.scores(context.judged_pairs)
    if np.isnan(scores).all():
        return not_verified("no score is a number (score-distribution.finite)")
    low, high = float(np.nanmin(scores)), float(np.nanmax(scores))
    shown = f"scores lie between {low:.4g} and {high:.4g}"
    if context.target.capabilities.scale is Scale.PROBABILITY:
        outside = int(np.count_nonzero((scores < 0) | (scores > 1)))
        remedy = "raw logits are sent where probabilities are declared: apply the sigmoid once, or declare log-odds"
        return at_most(
            outside, 0, "scores", f"{outside} of {scores.size} scores are no probabilities; {shown}", remedy=remedy
        )
    remedy = "probabilities are sent where log-odds are declared; a sigmoid behind them would be the second one"
    return holds(not (low >= 0 and high <= 1 and high > low), f"{shown}, declared as log-odds", remedy=remedy)
