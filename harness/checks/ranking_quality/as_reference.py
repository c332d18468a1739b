"""Does the target rank as well as the model it is meant to serve?"""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import grades_of, ranked_logits, split_by_query
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.metrics import METRICS

FIGURE = "ndcg@10"
DRAWS = 50


@check(
    "ranking-quality.as-reference",
    "Ranks each query as the reference does",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    needs=(Need.REFERENCE,),
    beside="says whether what is off costs quality, query by query",
)
def as_reference(context: Context) -> Outcome:
    """For each query, nDCG@10 lies within what the reference reaches when its logits move by no more than the
    measured noise: a difference of ranking quality is explained by noise, or it is a finding.
    """
    reference = split_by_query(context, context.reference_logits(context.judged_pairs))
    target = ranked_logits(context)
    rng = np.random.default_rng(context.seed)
    outside = {}
    for query, grades in grades_of(context).items():
        low, high = _range(grades, reference[query], context.noise.limit_logit, rng)
        value = METRICS[FIGURE].of(grades, target[query]) or 0.0
        if not low - 1e-9 <= value <= high + 1e-9:
            outside[query] = (value, low, high)
    worst = max(outside, key=lambda q: max(outside[q][1] - outside[q][0], outside[q][0] - outside[q][2]), default=None)
    shown = "" if worst is None else "; worst: {}: {:.4f}, reference [{:.4f}, {:.4f}]".format(worst, *outside[worst])
    return at_most(
        len(outside),
        0,
        "queries",
        f"{len(outside)} of {len(target)} queries are ranked differently than the reference does, beyond noise",
        evidence=f"noise limit {context.noise.limit_logit:.2e} logit{shown}",
        remedy="find the first stage that differs: prompt.pinned, token-ids.used, numerics.values",
    )


def _range(grades: list[int], logits: Scores, noise: float, rng: np.random.Generator) -> tuple[float, float]:
    """Least and greatest nDCG@10 over seeded draws of noise, the undisturbed logits included."""
    moved = [logits, *(logits + rng.uniform(-noise, noise, logits.size) for _ in range(DRAWS))]
    values = [METRICS[FIGURE].of(grades, m) or 0.0 for m in moved]
    return min(values), max(values)
