"""The ranking metrics as figures with intervals, and how small a change this collection could show."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import target_results
from harness.checks.registry import check
from harness.core.findings import Outcome, measured
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.statistics.intervals import smallest_detectable_change, standard_deviation
from harness.statistics.metrics import METRICS
from harness.statistics.summary import summarise


@check(
    "ranking-quality.figures",
    "Ranking metrics with intervals",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    severity=Severity.INFO,
    beside="reports the quality that a release is compared by",
)
def figures(context: Context) -> list[Outcome]:
    """Reports mean nDCG@10, reciprocal rank, average precision and pairwise accuracy with 95 % intervals, ties as
    random order, and the smallest change between two runs that this query set can detect (5 %, power 80 %).
    """
    results = target_results(context)
    summary = summarise(results, resamples=context.profile.resamples, seed=context.seed)
    return [
        measured(
            found.mean,
            METRICS[name].title,
            f"mean {found.mean:.4f} [{found.low:.4f}, {found.high:.4f}] over {found.count} queries",
            evidence=_detectable([r.metrics[name] for r in results if name in r.metrics]),
            subject=name,
        )
        for name, found in summary.metrics.items()
    ]


def _detectable(values: list[float]) -> str:
    """Two runs of unrelated quality: the deviation of a difference is √2 times that of a value."""
    if len(values) < 2:
        return "one query cannot show any change"
    change = smallest_detectable_change(2**0.5 * standard_deviation(values), len(values))
    return f"a difference below {change:.4f} between two unrelated runs would go unseen with these queries"
