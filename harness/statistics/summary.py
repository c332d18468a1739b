"""Ranking quality query by query, and its means over all queries and over slices of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from harness.statistics.correlation import CORRELATIONS
from harness.statistics.intervals import Interval, bootstrap_mean
from harness.statistics.metrics import METRICS


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What one query says: metrics (without those that have no meaning for it) and correlations (None: undefined)."""

    query_id: str
    slices: Mapping[str, str]
    metrics: Mapping[str, float]
    correlations: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """Means with intervals over the queries for which a figure is defined; figures defined for none are absent."""

    queries: int
    metrics: Mapping[str, Interval]
    correlations: Mapping[str, Interval]


def evaluate_query(
    query_id: str,
    grades: Sequence[int],
    scores: ArrayLike,
    judged: Sequence[int] | None = None,
    slices: Mapping[str, str] | None = None,
) -> QueryResult:
    """All metrics and correlations of one query; `judged` as in `Metric.of`. ValueError names query and NaN."""
    try:
        metrics = {name: metric.of(grades, scores, judged) for name, metric in METRICS.items()}
        correlations = {name: correlation(grades, scores) for name, correlation in CORRELATIONS.items()}
    except ValueError as error:
        raise ValueError(f"query {query_id!r}: {error}") from error
    defined = {name: value for name, value in metrics.items() if value is not None}
    return QueryResult(query_id, slices or {}, defined, correlations)


def evaluate_queries(
    grades: Mapping[str, Sequence[int]],
    scores: Mapping[str, ArrayLike],
    slices: Mapping[str, Mapping[str, str]] | None = None,
) -> list[QueryResult]:
    """One result a query of `grades`; grades and scores of a query are in the same order of documents.

    KeyError if a query has no scores, ValueError if one of its scores is NaN.
    """
    named = slices or {}
    return [evaluate_query(q, known, scores[q], slices=named.get(q)) for q, known in grades.items()]


def summarise(results: Sequence[QueryResult], *, resamples: int = 1000, seed: int = 0) -> Summary:
    """Means over all results with bootstrap intervals."""
    return Summary(
        len(results),
        _intervals((result.metrics for result in results), METRICS, resamples, seed),
        _intervals((result.correlations for result in results), CORRELATIONS, resamples, seed),
    )


def by_slice(results: Iterable[QueryResult], key: str, *, resamples: int = 1000, seed: int = 0) -> dict[str, Summary]:
    """A summary for each value of one slice ("language", "domain"), in the order in which the values are met."""
    groups: dict[str, list[QueryResult]] = {}
    for result in results:
        if key in result.slices:
            groups.setdefault(result.slices[key], []).append(result)
    return {value: summarise(group, resamples=resamples, seed=seed) for value, group in groups.items()}


def _intervals(
    rows: Iterable[Mapping[str, float | None]], names: Iterable[str], resamples: int, seed: int
) -> dict[str, Interval]:
    table = list(rows)
    columns = {name: [value for row in table if (value := row.get(name)) is not None] for name in names}
    return {n: bootstrap_mean(column, resamples=resamples, seed=seed) for n, column in columns.items() if column}
