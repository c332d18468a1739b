"""Results query by query, and their means over slices."""

from __future__ import annotations

import pytest

from harness.statistics.summary import by_slice, evaluate_queries, summarise

GRADES = {"en-1": [3, 0, 1], "en-2": [0, 2, 1], "de-1": [1, 1, 1]}
SCORES = {"en-1": [0.9, 0.1, 0.5], "en-2": [0.9, 0.1, 0.5], "de-1": [0.3, 0.2, 0.1]}
SLICES = {"en-1": {"language": "en"}, "en-2": {"language": "en"}, "de-1": {"language": "de"}}


def test_a_figure_without_meaning_is_absent_or_none_and_never_a_number() -> None:
    *_, constant = evaluate_queries(GRADES, SCORES, SLICES)
    assert "pairwise_accuracy" not in constant.metrics
    assert set(constant.correlations.values()) == {None}


def test_a_mean_is_taken_over_the_queries_that_define_it() -> None:
    summary = summarise(evaluate_queries(GRADES, SCORES, SLICES))
    assert (summary.queries, summary.metrics["pairwise_accuracy"].count) == (3, 2)
    assert summary.metrics["pairwise_accuracy"].mean == pytest.approx(0.5)


def test_slices_are_summarised_apart() -> None:
    summaries = by_slice(evaluate_queries(GRADES, SCORES, SLICES), "language")
    assert {value: summary.queries for value, summary in summaries.items()} == {"en": 2, "de": 1}
    assert summaries["de"].correlations == {}


def test_a_nan_score_is_named_with_its_query() -> None:
    with pytest.raises(ValueError, match="query 'en-2': the score of document 2 is NaN"):
        evaluate_queries(GRADES, SCORES | {"en-2": [0.1, 0.2, float("nan")]})
