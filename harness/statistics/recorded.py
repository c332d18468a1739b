"""The rankings that a run recorded, as figures a query: what history and comparison are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from harness.core.events import ScoresRecorded
from harness.core.run import Run
from harness.core.scores import Scale, Scores, to_log_odds
from harness.statistics.summary import QueryResult, evaluate_query


def takes_of(run: Run) -> tuple[int, ...]:
    """The takes in which a run asked for its judged pairs, in order; empty where it never did."""
    return tuple(sorted({recorded.take for recorded in run.scores}))


def recorded_queries(run: Run, take: int = 0) -> dict[str, ScoresRecorded]:
    """What was answered for each judged query in one take, by the query's id."""
    return {recorded.query: recorded for recorded in run.scores if recorded.take == take}


def recorded_logits(recorded: ScoresRecorded) -> Scores:
    """The scores of a query as log-odds, shape (documents,): NaN where there was none, ±inf where one is saturated."""
    scores = np.array([np.nan if score is None else score for score in recorded.scores], dtype=np.float64)
    return to_log_odds(scores) if recorded.scale == Scale.PROBABILITY else scores


def query_results(run: Run, take: int = 0) -> list[QueryResult]:
    """Metrics and correlations of each query of one take, but for those that were never judged or where a score has no
    rank.
    """
    return list(_results(recorded_queries(run, take).values()))


def _results(queries: Iterable[ScoresRecorded]) -> Iterator[QueryResult]:
    for recorded in queries:
        logits = recorded_logits(recorded)
        if recorded.grades and not np.isnan(logits).any():
            yield evaluate_query(recorded.query, recorded.grades, logits.tolist(), slices=recorded.slices)
