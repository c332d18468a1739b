"""A run held against judgements by trec_eval's conventions, except that ties count as random order."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from harness.core.errors import UsageError
from harness.statistics.correlation import CORRELATIONS
from harness.statistics.intervals import Interval, smallest_detectable_change, standard_deviation
from harness.statistics.metrics import METRICS
from harness.statistics.summary import QueryResult, evaluate_query, summarise

SCHEMA = "rerank-harness/evaluation/1"
FIGURES = (*METRICS, *CORRELATIONS)

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


def evaluate(qrels: Qrels, run: Run, *, resamples: int = 1000, seed: int = 0) -> dict[str, Any]:
    """Figures of every judged query and their means with 95 % bootstrap intervals, ready for JSON.

    Unjudged documents count as grade 0. A judged query without results has metrics 0, as in `trec_eval -c`. Queries
    without judgements are counted and left out. A figure that is undefined for a query is null there and not part of
    the mean. UsageError if run and qrels share no query, or if a score is NaN.
    """
    if not qrels.keys() & run.keys():
        raise UsageError(_nothing_shared(qrels, run))
    results = [_query(query, judged, run.get(query, {})) for query, judged in qrels.items()]
    summary = summarise(results, resamples=resamples, seed=seed)
    unjudged = {
        query: sum(document not in judged for document in run.get(query, {})) for query, judged in qrels.items()
    }
    return {
        "schema": SCHEMA,
        "queries": {r.query_id: _figures(r) | {"unjudged": unjudged[r.query_id]} for r in results},
        "overall": {name: _limits(value) for name, value in (*summary.metrics.items(), *summary.correlations.items())},
        "counts": {
            "queries": len(results),
            "queries_without_results": len(qrels.keys() - run.keys()),
            "queries_without_judgements": len(run.keys() - qrels.keys()),
            "unjudged": sum(unjudged.values()),
        },
        "smallest_detectable_change": {name: _detectable(results, name) for name in METRICS},
    }


def table(evaluation: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """What `evaluate` returned as rows of text: a header, a row a query, then mean, interval, detectable change."""
    overall, change = evaluation["overall"], evaluation["smallest_detectable_change"]
    rows: list[tuple[str, Mapping[str, float | None]]] = list(evaluation["queries"].items())
    rows += [(title, {name: limits[key] for name, limits in overall.items()}) for title, key in _OVERALL]
    rows.append(("detectable change", change))
    return [("query", *FIGURES), *((title, *(_cell(row.get(name)) for name in FIGURES)) for title, row in rows)]


_OVERALL = (("mean", "mean"), ("95 % low", "low"), ("95 % high", "high"))


def _query(query: str, judged: Mapping[str, int], scores: Mapping[str, float]) -> QueryResult:
    grades = [judged.get(document, 0) for document in scores]
    try:
        return evaluate_query(query, grades, list(scores.values()), list(judged.values()))
    except ValueError as error:
        raise UsageError(f"{error}; expected a number for every document, mend the run") from None


def _figures(result: QueryResult) -> dict[str, float | None]:
    return {name: result.metrics.get(name, result.correlations.get(name)) for name in FIGURES}


def _limits(interval: Interval) -> dict[str, float]:
    return {key: value for key, value in asdict(interval).items() if key in ("mean", "low", "high")}


def _detectable(results: list[QueryResult], name: str) -> float | None:
    """The change that these queries could show against another run whose values are independent of this one's.

    Differences of independent values deviate √2 times as much as the values. Two runs usually agree on which queries
    are hard, so smaller changes may be detectable. None with fewer than two values.
    """
    values = [result.metrics[name] for result in results if name in result.metrics]
    if len(values) < 2:
        return None
    return smallest_detectable_change(math.sqrt(2.0) * standard_deviation(values), len(values))


def _nothing_shared(qrels: Qrels, run: Run) -> str:
    judged, ranked = next(iter(qrels), None), next(iter(run), None)
    return f"run and qrels share no query: qrels begin with {judged!r}, run with {ranked!r}; use qrels of these queries"


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
