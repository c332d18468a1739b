"""Closed forms against enumeration of all tie orders, and against trec_eval where nothing is tied."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations

import ir_measures
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.statistics.metrics import METRICS, Metric
from harness.statistics.ties import TiedRanking

RANKED = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.1, 0.5, 0.9])), min_size=1, max_size=6)
UNTIED = st.lists(st.tuples(st.integers(0, 3), st.floats(-9, 9)), min_size=1, max_size=25, unique_by=lambda d: d[1])
SCORE = st.one_of(st.sampled_from([0.1, 0.5, 0.9, -np.inf, np.inf]), st.floats(-9, 9))
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


def _columns(documents: list[tuple[int, float]]) -> tuple[list[int], list[float]]:
    return [grade for grade, _ in documents], [score for _, score in documents]


def _mean_over_tie_orders(metric: Metric, grades: list[int], scores: list[float]) -> float | None:
    """Break the ties in every possible way and take the mean."""
    orders = [o for o in permutations(range(len(scores))) if all(scores[a] >= scores[b] for a, b in pairwise(o))]
    values = [metric.of([grades[i] for i in order], -np.arange(len(order)), grades) for order in orders]
    defined = [value for value in values if value is not None]
    return float(np.mean(defined)) if defined else None


@every_metric
@settings(deadline=None)
@given(documents=RANKED)
def test_a_closed_form_is_the_mean_over_all_orders_of_tied_documents(
    metric: Metric, documents: list[tuple[int, float]]
) -> None:
    grades, scores = _columns(documents)
    assert metric.of(grades, scores) == pytest.approx(_mean_over_tie_orders(metric, grades, scores), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "measure"), [("ndcg@10", "nDCG@10"), ("recip_rank", "RR"), ("map", "AP")], ids=["ndcg", "rr", "map"]
)
@settings(deadline=None, max_examples=50)
@given(documents=UNTIED, missed=st.lists(st.integers(0, 3), max_size=15))
def test_without_ties_a_metric_is_that_of_trec_eval(
    name: str, measure: str, documents: list[tuple[int, float]], missed: list[int]
) -> None:
    grades, ranks = _columns(sorted(documents, key=lambda d: -d[1]))
    judged = grades + missed
    qrels = {"q": {f"d{i}": grade for i, grade in enumerate(judged)}}
    run = {"q": {f"d{i}": -float(i) for i in range(len(ranks))}}
    parsed = ir_measures.parse_measure(measure)
    expected = ir_measures.pytrec_eval.calc_aggregate([parsed], qrels, run)[parsed]
    assert METRICS[name].of(grades, ranks, judged) == pytest.approx(expected, abs=1e-9)


def _pair_by_pair(grades: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Pairwise accuracy as it is defined: every pair of documents is looked at."""
    beats = np.where(scores[:, None] == scores[None, :], 0.5, scores[:, None] > scores[None, :])
    better = grades[:, :, None] > grades[:, None, :]
    counts = better.sum(axis=(1, 2))
    right = (better * beats).sum(axis=(1, 2))
    return np.divide(right, counts, out=np.full(len(grades), np.nan), where=counts > 0)


def _whole_ndcg(grades: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """nDCG@10 from the gains at all ranks, whether the cut leaves them out or not."""
    ranking = TiedRanking.of(scores)
    gains = (ranking.totals(np.maximum(grades, 0.0)) / ranking.size)[:, :10]
    best = np.sort(np.maximum(grades[0], 0.0))[::-1][:10]
    ranks = np.log2(np.arange(2.0, best.size + 2))
    ideal = (best / ranks).sum()
    return (gains / ranks).sum(axis=-1) / ideal if ideal > 0 else np.zeros(len(grades))


@pytest.mark.parametrize(
    ("name", "defined"), [("pairwise_accuracy", _pair_by_pair), ("ndcg@10", _whole_ndcg)], ids=["pairs", "ndcg"]
)
@settings(deadline=None)
@given(documents=st.lists(st.tuples(st.integers(-1, 4), SCORE), min_size=1, max_size=40), seed=st.integers(0, 99))
def test_what_is_left_out_of_a_metric_for_speed_changes_no_bit(
    name: str, defined: Callable[..., np.ndarray], documents: list[tuple[int, float]], seed: int
) -> None:
    grades, scores = (np.array(column, dtype=np.float64) for column in _columns(documents))
    rows = np.random.default_rng(seed).permuted(np.tile(grades, (5, 1)), axis=1)
    assert np.array_equal(METRICS[name].rows(rows, scores, grades), defined(rows, scores), equal_nan=True)


def test_a_metric_of_many_documents_does_not_look_at_every_pair() -> None:
    rng = np.random.default_rng(0)
    grades, scores = rng.integers(0, 4, 100_000), rng.random(100_000)
    assert METRICS["pairwise_accuracy"].of(grades, scores) == pytest.approx(0.5, abs=0.01)


@every_metric
@given(documents=RANKED, data=st.data())
def test_the_order_of_the_input_does_not_matter(
    metric: Metric, documents: list[tuple[int, float]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(documents))
    assert metric.of(*_columns(documents)) == pytest.approx(metric.of(*_columns(shuffled)), abs=1e-12)


@every_metric
def test_a_constant_scorer_lands_at_the_expectation_of_a_random_order(metric: Metric) -> None:
    grades = np.array([3, 0, 1, 0, 0, 2, 0, 1])
    drawn = [metric.of(grades, np.random.default_rng(seed).random(8)) for seed in range(4000)]
    assert metric.of(grades, np.full(8, 0.7310586)) == pytest.approx(
        np.mean([v for v in drawn if v is not None]), abs=0.015
    )


@every_metric
def test_a_nan_score_is_refused_by_its_place(metric: Metric) -> None:
    with pytest.raises(ValueError, match="document 1 is NaN"):
        metric.of([1, 0], [0.5, float("nan")])


@every_metric
def test_rows_of_grades_give_what_each_row_gives_alone(metric: Metric) -> None:
    rows = np.random.default_rng(0).permuted(np.tile([3.0, 2, 0, 0, 1, 0], (20, 1)), axis=1)
    scores = np.array([0.9, 0.5, 0.5, 0.5, 0.1, 0.1])
    assert metric.rows(rows, scores, rows[0]) == pytest.approx([metric.of(row, scores) for row in rows], abs=1e-12)


def test_pairwise_accuracy_has_no_meaning_where_all_grades_are_equal() -> None:
    assert METRICS["pairwise_accuracy"].of([1, 1], [0.2, 0.4]) is None


def test_nothing_ranked_is_worth_nothing() -> None:
    values = {name: metric.of([], [], [1, 0]) for name, metric in METRICS.items()}
    assert values == {"ndcg@10": 0.0, "recip_rank": 0.0, "map": 0.0, "pairwise_accuracy": None}
