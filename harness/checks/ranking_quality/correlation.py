"""Rank correlation with the graded labels, query by query."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import target_results
from harness.checks.registry import check
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_least, not_verified
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.summary import summarise


@check(
    "ranking-quality.correlation",
    "Scores rise with the graded labels",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    beside="judges by people's labels: it holds where no model can be named",
)
def correlation(context: Context) -> list[Outcome]:
    """The mean over the queries of Kendall's tau-b, Spearman's rho and the weighted tau is above zero with 95 %
    confidence (bootstrap over queries).
    """
    results = target_results(context)
    summary = summarise(results, resamples=context.profile.resamples, seed=context.seed)
    taus = sorted(r.correlations["kendall_tau_b"] or 0.0 for r in results)
    context.emit(
        SeriesRecorded(
            "kendall-tau-per-query",
            "Kendall's tau-b of each query",
            "points",
            "tau-b",
            tuple(taus),
            marks=(("chance", 0.0),),
            area=Area.RANKING_QUALITY,
        )
    )
    if not summary.correlations:
        return [not_verified("no query has both different grades and different scores")]
    return [
        at_least(
            found.low,
            0.0,
            name,
            f"mean {name} is {found.mean:.3f}, with 95 % confidence at least {found.low:.3f}",
            evidence=f"{found.count} queries; interval [{found.low:.3f}, {found.high:.3f}]",
            remedy="look at the queries with the lowest tau in the figure: one language or domain, or all of them?",
            subject=name,
        )
        for name, found in summary.correlations.items()
    ]
