"""Does the ranking carry any relevance at all?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import ALPHA, Ranking, against_chance, grades_of, ranked_logits
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.statistics.intervals import AgainstChance

FIGURES = ("ndcg@10", "pairwise_accuracy")


@check(
    "ranking-quality.above-chance",
    "Ranks better than a random order",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    severity=Severity.CRITICAL,
    beside="judges by people's labels: it holds where no model can be named",
)
def above_chance(context: Context) -> list[Outcome]:
    """Over the judged queries, a random order reaches the target's mean nDCG@10 and pairwise accuracy in less than
    one of a hundred cases (permutation test).
    """
    ranking = ranked_logits(context)
    return [outcome for metric in FIGURES for outcome in judge(context, [ranking], metric)]


def judge(context: Context, rankings: Sequence[Ranking], metric: str) -> list[Outcome]:
    """What this check says of one metric of each ranking. They are held against the same random orders, which take
    most of the time.
    """
    perfect = {query: np.array(grades, dtype=np.float64) for query, grades in grades_of(context).items()}
    tested = against_chance(context, [perfect, *rankings], metric)
    if not tested or tested[0].p_value > ALPHA:
        reason = f"{len(perfect)} queries are too few: even a perfect order could be chance"
        remedy = "bring a larger judged collection (--collection)"
        return [not_verified(reason, remedy=remedy, subject=metric) for _ in rankings]
    return [_outcome(context, found, metric) for found in tested[1:]]


def _outcome(context: Context, found: AgainstChance, metric: str) -> Outcome:
    turned = " (below chance: is the order upside down?)" if found.mean < found.chance else ""
    return at_most(
        found.p_value,
        ALPHA,
        "p",
        f"mean {metric} is {found.mean:.4f}, a random order has {found.chance:.4f}{turned}",
        evidence=f"{found.count} queries, {context.profile.resamples} random orders of each",
        remedy="a ranking at chance points at the prompt template, the answer tokens or a random head; "
        "below chance at swapped labels or a reply mapped back in the wrong order",
        subject=metric,
    )
