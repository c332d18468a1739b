"""Does the ranking carry any relevance at all?"""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import ALPHA, against_chance, grades_of, ranked_logits
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.vocabulary import Area, Phase, Severity, Stage


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
    return [_judge(context, metric) for metric in ("ndcg@10", "pairwise_accuracy")]


def _judge(context: Context, metric: str) -> Outcome:
    perfect = {query: [float(g) for g in grades] for query, grades in grades_of(context).items()}
    best = against_chance(context, perfect, metric)
    found = against_chance(context, ranked_logits(context), metric)
    if best is None or found is None or best.p_value > ALPHA:
        reason = f"{len(perfect)} queries are too few: even a perfect order could be chance"
        return not_verified(reason, remedy="bring a larger judged collection (--collection)", subject=metric)
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
