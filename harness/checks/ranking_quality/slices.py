"""Quality by language, domain and length: a mean over all queries hides a broken slice."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import slices_of, target_results
from harness.checks.registry import check
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_least
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.intervals import Interval
from harness.statistics.summary import by_slice

FIGURE = "pairwise_accuracy"


@check(
    "ranking-quality.slices",
    "No slice ranks worse than chance",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.RANKING,
    beside="names the language, domain or length that suffers, which a mean hides",
)
def slices(context: Context) -> list[Outcome]:
    """In no language, domain or class of document length is the pairwise accuracy below one half with 95 %
    confidence.
    """
    results = target_results(context)
    keys = dict.fromkeys(key for named in slices_of(context).values() for key in named)
    outcomes = []
    for key in keys:
        summaries = by_slice(results, key, resamples=context.profile.resamples, seed=context.seed)
        found = {name: s.metrics[FIGURE] for name, s in summaries.items() if FIGURE in s.metrics}
        if found:
            context.emit(_figure(key, found))
            outcomes.append(_worst(key, found))
    return outcomes


def _worst(key: str, found: dict[str, Interval]) -> Outcome:
    name = min(found, key=lambda n: found[n].mean)
    worst = found[name]
    means = ", ".join(f"{n} {i.mean:.3f} ({i.count})" for n, i in sorted(found.items(), key=lambda item: item[1].mean))
    return at_least(
        worst.high,
        0.5,
        "pairwise accuracy",
        f"the weakest {key} is {name!r}: pairwise accuracy {worst.mean:.3f} [{worst.low:.3f}, {worst.high:.3f}]",
        evidence=means,
        remedy="score one query of this slice by hand and compare the prompts token by token",
        subject=key,
    )


def _figure(key: str, found: dict[str, Interval]) -> SeriesRecorded:
    names = sorted(found)
    return SeriesRecorded(
        f"accuracy-by-{key}",
        f"Pairwise accuracy by {key}",
        "bars",
        "pairwise accuracy",
        tuple(found[n].mean for n in names),
        tuple(names),
        (("chance", 0.5),),
        Area.RANKING_QUALITY,
    )
