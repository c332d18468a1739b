import math

import numpy as np
import pytest

from harness.core.events import RunStarted, ScoresRecorded
from harness.core.run import Run
from harness.statistics.recorded import query_results, recorded_logits, recorded_queries, takes_of

STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": None}, "cpu", "ci", {})


def scores(*values: float | None, scale: str = "probability", query: str = "q", take: int = 0) -> ScoresRecorded:
    documents = tuple(f"d{n}" for n in range(len(values)))
    return ScoresRecorded(query, documents, tuple(range(len(values))), values, scale, {"language": "de"}, take)


def test_probabilities_become_log_odds_and_what_is_no_score_no_number() -> None:
    found = recorded_logits(scores(0.5, 1.0, None))
    assert found[0] == 0.0
    assert found[1] == math.inf
    assert math.isnan(found[2])


def test_log_odds_stay_as_they_are() -> None:
    assert recorded_logits(scores(-3.0, 2.0, scale="log-odds")).tolist() == [-3.0, 2.0]


def test_takes_are_kept_apart() -> None:
    run = Run.of([STARTED, scores(0.1, 0.9), scores(0.2, 0.8, take=1)])
    assert takes_of(run) == (0, 1)
    assert recorded_queries(run, 1)["q"].scores == (0.2, 0.8)


def test_a_right_order_has_the_best_figures() -> None:
    (found,) = query_results(Run.of([STARTED, scores(0.1, 0.9)]))
    assert found.metrics["ndcg@10"] == pytest.approx(1.0)
    assert found.slices == {"language": "de"}


def test_a_query_with_a_score_that_has_no_rank_has_no_figures() -> None:
    run = Run.of([STARTED, scores(0.1, None), scores(0.1, 0.2, query="other")])
    assert [found.query_id for found in query_results(run)] == ["other"]
    assert np.isnan(recorded_logits(run.scores[0])[1])
