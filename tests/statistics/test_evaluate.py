"""The evaluation of a TREC run: trec_eval's figures, and what it keeps quiet about said aloud."""

from __future__ import annotations

import json

import ir_measures
import numpy as np
import pytest

from harness.core.errors import UsageError
from harness.statistics.evaluate import FIGURES, evaluate, table
from harness.statistics.intervals import smallest_detectable_change, standard_deviation

QRELS = {"q1": {"a": 3, "b": 0, "c": 1, "d": 2}, "q2": {"a": 0, "b": 1}, "q3": {"a": 1, "b": 0}}
RUN = {"q1": {"c": 0.9, "a": 0.8, "x": 0.7, "b": 0.1}, "q2": {"a": 0.6, "b": 0.5}, "q9": {"a": 0.1}}
MEASURES = {"ndcg@10": "nDCG@10", "recip_rank": "RR", "map": "AP"}


@pytest.mark.parametrize("name", MEASURES)
def test_without_ties_the_means_are_those_of_trec_eval(name: str) -> None:
    measure = ir_measures.parse_measure(MEASURES[name])
    expected = ir_measures.pytrec_eval.calc_aggregate([measure], QRELS, RUN)[measure]
    assert evaluate(QRELS, RUN)["overall"][name]["mean"] == pytest.approx(expected, abs=1e-9)


def test_a_random_run_over_many_queries_agrees_with_trec_eval_query_by_query() -> None:
    rng = np.random.default_rng(3)
    qrels = {f"q{q}": {f"d{d}": int(rng.integers(-1, 4)) for d in range(30)} for q in range(20)}
    run = {q: {f"d{d}": float(rng.random()) for d in rng.permutation(40)[:25]} for q in qrels}
    figures = evaluate(qrels, run)["queries"]
    for name, measure in MEASURES.items():
        for row in ir_measures.pytrec_eval.iter_calc([ir_measures.parse_measure(measure)], qrels, run):
            assert figures[row.query_id][name] == pytest.approx(row.value, abs=1e-9)


def test_what_is_not_judged_or_not_ranked_is_counted() -> None:
    assert evaluate(QRELS, RUN)["counts"] == {
        "queries": 3,
        "queries_without_results": 1,
        "queries_without_judgements": 1,
        "unjudged": 1,
    }


def test_the_evaluation_is_strict_json_and_repeats_exactly() -> None:
    first = json.dumps(evaluate(QRELS, RUN), allow_nan=False)
    assert first == json.dumps(evaluate(QRELS, RUN), allow_nan=False)


def test_a_query_that_defines_no_correlation_has_null() -> None:
    assert evaluate(QRELS, RUN)["queries"]["q3"]["kendall_tau_b"] is None


def test_the_detectable_change_supposes_another_run_that_is_independent() -> None:
    evaluation = evaluate(QRELS, RUN)
    values = [figures["map"] for figures in evaluation["queries"].values()]
    expected = smallest_detectable_change(2**0.5 * standard_deviation(values), 3)
    assert evaluation["smallest_detectable_change"]["map"] == pytest.approx(expected)


def test_one_query_tells_nothing_of_detectable_changes() -> None:
    assert evaluate({"q1": QRELS["q1"]}, RUN)["smallest_detectable_change"]["map"] is None


def test_a_run_of_other_queries_is_a_user_error_that_names_both() -> None:
    with pytest.raises(UsageError, match="qrels begin with 'q1', run with 'z1'"):
        evaluate(QRELS, {"z1": {"a": 0.1}})


def test_a_nan_in_the_run_is_a_user_error_that_names_the_query() -> None:
    with pytest.raises(UsageError, match="query 'q2': the score of document 1 is NaN"):
        evaluate(QRELS, RUN | {"q2": {"a": 0.1, "b": float("nan")}})


def test_the_table_has_a_row_a_query_and_four_overall() -> None:
    header, *rows = table(evaluate(QRELS, RUN))
    assert header == ("query", *FIGURES)
    assert [row[0] for row in rows] == ["q1", "q2", "q3", "mean", "95 % low", "95 % high", "detectable change"]
    assert {len(row) for row in rows} == {len(header)}
