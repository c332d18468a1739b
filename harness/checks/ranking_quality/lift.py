"""Is the reranked order better than the order that was given?"""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import ALPHA, grades_of, target_results
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.intervals import paired_randomisation
from harness.statistics.summary import evaluate_queries


@check(
    "ranking-quality.lift",
    "Improves on the given order",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    beside="judges against the order that was there before: what a reranker is for",
)
def lift(context: Context) -> Outcome:
    """Query by query, nDCG@10 after reranking exceeds that of the order in which the candidates were given, more
    often than chance explains (paired randomisation test).
    """
    grades = grades_of(context)
    given = evaluate_queries(grades, {query: -np.arange(float(len(g))) for query, g in grades.items()})
    before, after = ([r.metrics["ndcg@10"] for r in results] for results in (given, target_results(context)))
    if len(before) < 8:
        # 2^-7 < 0.01: with fewer queries no outcome of a sign-flip test can be significant
        return not_verified(f"{len(before)} queries are too few for a paired test", remedy="bring more queries")
    found = paired_randomisation(before, after, resamples=context.profile.resamples, seed=context.seed)
    p_value = found.p_value if found.mean > 0 else 1.0
    wins = sum(b > a for a, b in zip(before, after, strict=True))
    losses = sum(b < a for a, b in zip(before, after, strict=True))
    return at_most(
        p_value,
        ALPHA,
        "p",
        f"nDCG@10 changes by {found.mean:+.4f} a query against the given order",
        evidence=f"{wins} queries better, {losses} worse, {len(before) - wins - losses} alike",
        remedy="if the given order is that of a strong first stage, the reranker may not be worth its cost; "
        "else look at ranking-quality.above-chance",
    )
