"""Ranking quality of a run beside a base: paired query by query, never a bare mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harness.core.comparison import Judgement, QualityChange
from harness.core.events import ScoresRecorded
from harness.core.run import Run
from harness.core.scores import Scores
from harness.regression.allowance import Allowance
from harness.regression.joined import Joined
from harness.statistics.corrections import EQUAL, westfall_young
from harness.statistics.intervals import bootstrap_mean, smallest_detectable_change, standard_deviation
from harness.statistics.metrics import METRICS
from harness.statistics.recorded import recorded_logits, recorded_queries, takes_of

Values = dict[str, dict[str, float]]
"""Metrics by query, by their names."""
#: Resamples of an interval: at 99 %, ten lie beyond each of its limits.
RESAMPLES = 2_000
#: Queries that are named for having lost most.
WORST = 5


@dataclass(frozen=True, slots=True)
class Paired:
    """One metric in one slice ("" for all): queries and the values of both runs, shape (queries,)."""

    metric: str
    slice: str
    queries: tuple[str, ...]
    base: Scores
    run: Scores

    @property
    def difference(self) -> Scores:
        """What the run has more than the base; exactly 0 where they are tied."""
        apart = self.run - self.base
        return np.where(np.abs(apart) <= EQUAL, 0.0, apart)


def compare_quality(
    base: Run, run: Run, queries: Sequence[Joined], allowance: Allowance, *, alpha: float, margin: float, asked: bool
) -> list[QualityChange]:
    """Every metric over all queries and each slice; p-values are corrected for all of them together. `asked` says
    whether the run asked for all that the base did, so that what it has no scores of is lost.

    A change for the worse that is not there in every take of the run is flaky. Empty where a run has no scores.
    """
    takes = takes_of(run)
    if not takes or not takes_of(base):
        return []
    found = [_changes(pairs_of(base, run, take, queries, allowance, asked=asked), alpha, margin) for take in takes]
    return [_confirmed(changes) for changes in zip(*found, strict=True)]


def pairs_of(
    base: Run, run: Run, take: int, queries: Sequence[Joined], allowance: Allowance, *, asked: bool
) -> list[Paired]:
    """Every metric over all queries and over each slice of them, where the base knows its value.

    A query whose scores have no rank in the run, or that has none though it was asked for, has lost everything: its
    metrics are 0, as in `trec_eval -c`. One of which no score moved beyond rounding keeps the base's values: what
    changes places within rounding has no order.
    """
    before = {name: values for name, values in _metrics(base).items() if values}
    still = [] if allowance.elsewhere else [query for query in queries if query.still(take, allowance.movement)]
    after = _metrics(run, take) | {query.recorded.query: before.get(query.recorded.query, {}) for query in still}
    known = recorded_queries(base)
    parts = {name: ("", *_slices(known[name])) for name in before if asked or name in after}
    every = sorted({part for named in parts.values() for part in named})
    made = (_pair(metric, part, parts, before, after) for metric in METRICS for part in every)
    return [each for each in made if each.queries]


def _metrics(run: Run, take: int = 0) -> Values:
    """What each query has in a take, or had in the first where it was not asked again."""
    latest = recorded_queries(run) | recorded_queries(run, take)
    return {name: _values(recorded) for name, recorded in latest.items()}


def _values(recorded: ScoresRecorded) -> dict[str, float]:
    """The metrics that have a meaning for a query; none where it was not judged, or a score has no rank."""
    logits = recorded_logits(recorded)
    if not recorded.grades or np.isnan(logits).any():
        return {}
    found = {name: metric.of(recorded.grades, logits) for name, metric in METRICS.items()}
    return {name: value for name, value in found.items() if value is not None}


def _slices(recorded: ScoresRecorded) -> tuple[str, ...]:
    return tuple(f"{key}={value}" for key, value in recorded.slices.items())


def _pair(metric: str, part: str, parts: Mapping[str, tuple[str, ...]], before: Values, after: Values) -> Paired:
    chosen = tuple(name for name, named in parts.items() if part in named and metric in before[name])
    values = [after.get(name, {}).get(metric, 0.0) for name in chosen]
    return Paired(metric, part, chosen, np.array([before[name][metric] for name in chosen]), np.array(values))


def corrected_p_values(pairs: Sequence[Paired]) -> list[float]:
    """The paired randomisation tests of all metrics and slices, corrected for all of them together."""
    places = {query: n for n, query in enumerate(dict.fromkeys(q for pair in pairs for q in pair.queries))}
    apart = np.zeros((len(places), len(pairs)))
    for column, pair in enumerate(pairs):
        apart[[places[query] for query in pair.queries], column] = pair.difference
    return westfall_young(apart)


def _changes(pairs: Sequence[Paired], alpha: float, margin: float) -> list[QualityChange]:
    return [_change(pair, p, alpha, margin) for pair, p in zip(pairs, corrected_p_values(pairs), strict=True)]


def _change(pair: Paired, p_value: float, alpha: float, margin: float) -> QualityChange:
    apart = pair.difference
    interval = bootstrap_mean(apart, level=1.0 - alpha, resamples=RESAMPLES)
    losers = np.argsort(apart, kind="stable")[:WORST]
    return QualityChange(
        metric=pair.metric, slice=pair.slice, base=float(pair.base.mean()), run=float(pair.run.mean()),
        difference=interval.mean, low=interval.low, high=interval.high, p_value=p_value,
        wins=int((apart > 0).sum()), ties=int((apart == 0).sum()), losses=int((apart < 0).sum()), margin=margin,
        noninferior=interval.low > -margin, detectable=_detectable(apart, alpha),
        worst=tuple((pair.queries[n], float(apart[n])) for n in losers if apart[n] < 0),
        judgement=_judged(interval.mean, interval.low, p_value, alpha, margin),
    )  # fmt: skip


def _detectable(apart: Scores, alpha: float) -> float | None:
    if apart.size < 2 or not apart.any():
        return None
    return smallest_detectable_change(standard_deviation(apart), apart.size, alpha=alpha)


def _judged(mean: float, low: float, p_value: float, alpha: float, margin: float) -> Judgement:
    if p_value <= alpha and mean != 0.0:
        return Judgement.WORSE if mean < 0.0 else Judgement.BETTER
    return Judgement.UNCHANGED if low > -margin else Judgement.UNDECIDED


def _confirmed(takes: Sequence[QualityChange]) -> QualityChange:
    """The change of the first take, or of the first that is worse; flaky where not every take is."""
    worse = [change for change in takes if change.judgement is Judgement.WORSE]
    if len(worse) in (0, len(takes)):
        return takes[0]
    return replace(worse[0], judgement=Judgement.FLAKY)
