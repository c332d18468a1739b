"""Intervals and tests keep their error rates, and repeat exactly with their seed."""

from __future__ import annotations

import time

import numpy as np
import pytest

from harness.statistics.intervals import (
    bootstrap_mean,
    paired_randomisation,
    permutation_test,
    permutation_tests,
    smallest_detectable_change,
    standard_deviation,
)
from harness.statistics.metrics import METRICS

NDCG = METRICS["ndcg@10"]
Rankings = list[tuple[list[int], list[float]]]


def _rankings(queries: int, signal: float, seed: int) -> Rankings:
    rng = np.random.default_rng(seed)
    grades = [rng.permutation([3, 3, 2, 1, 0, 0, 0, 0, 0]).tolist() for _ in range(queries)]
    return [(g, (signal * np.array(g) + rng.normal(size=9)).tolist()) for g in grades]


def test_the_bootstrap_interval_covers_the_true_mean_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    intervals = [bootstrap_mean(rng.normal(0.5, 0.2, size=60), seed=seed) for seed in range(300)]
    assert 0.90 <= np.mean([i.low <= 0.5 <= i.high for i in intervals]) <= 0.99


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.linspace(0, 1, 20)
    assert bootstrap_mean(values, seed=3) == bootstrap_mean(values, seed=3) != bootstrap_mean(values, seed=4)


def test_a_mean_of_no_query_is_refused() -> None:
    with pytest.raises(ValueError, match="no query"):
        bootstrap_mean([])


def test_a_ranker_with_signal_is_told_apart_from_chance() -> None:
    result = permutation_test(_rankings(40, signal=0.5, seed=1), NDCG)
    assert result.p_value == 1 / 1001
    assert result.mean > result.chance


def test_random_rankers_are_called_better_than_chance_about_as_often_as_alpha_says() -> None:
    values = [permutation_test(_rankings(10, 0.0, seed), NDCG, resamples=199, seed=seed).p_value for seed in range(200)]
    assert np.mean(np.array(values) <= 0.05) == pytest.approx(0.05, abs=0.04)


def test_a_constant_scorer_is_exactly_at_chance() -> None:
    result = permutation_test([(grades, [0.7310586] * 9) for grades, _ in _rankings(10, 0.0, 0)], NDCG)
    assert (result.mean, result.p_value) == (result.chance, 1.0)


def test_the_chance_of_the_permutation_test_is_the_mean_of_its_permutations() -> None:
    rankings = _rankings(5, 0.0, 2)
    rng = np.random.default_rng(0)
    drawn = [NDCG.of(g, rng.permutation(s)) or 0.0 for _ in range(2000) for g, s in rankings]
    assert permutation_test(rankings, NDCG).chance == pytest.approx(np.mean(drawn), abs=0.01)


@pytest.mark.parametrize("name", METRICS)
def test_several_scorers_are_held_against_the_same_random_orders_as_each_alone(name: str) -> None:
    several = [_rankings(12, signal, seed=4) for signal in (0.0, 0.4)]
    grades = [[1] * 5, *(grades for grades, _ in several[0])]
    scorers = [[[0.5, 0.1, 0.2, 0.3, 0.4], *(scores for _, scores in rankings)] for rankings in several]
    together = permutation_tests(grades, scorers, METRICS[name], seed=3)
    alone = [permutation_test(zip(grades, scores, strict=True), METRICS[name], seed=3) for scores in scorers]
    assert together == alone


def test_how_many_orders_are_drawn_at_once_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [permutation_test(_rankings(12, 0.2, 5), NDCG, resamples=101) for _ in range(2)]
    monkeypatch.setattr("harness.statistics.intervals._PERMUTED_AT_ONCE", 40)
    assert [permutation_test(_rankings(12, 0.2, 5), NDCG, resamples=101), found[0]] == found


@pytest.mark.parametrize("name", METRICS)
def test_a_permutation_test_of_72_queries_takes_under_three_seconds(name: str) -> None:
    rankings = _rankings(72, 0.3, 0)
    began = time.perf_counter()
    permutation_test(rankings, METRICS[name], resamples=1000)
    assert time.perf_counter() - began < 3.0


def test_a_shift_of_every_query_is_significant_and_noise_is_not() -> None:
    rng = np.random.default_rng(5)
    before = rng.random(50)
    assert paired_randomisation(before, before + 0.05 + 0.05 * rng.normal(size=50)).p_value < 0.001
    assert paired_randomisation(before, before + 0.05 * rng.normal(size=50)).p_value > 0.05


def test_two_equal_runs_do_not_differ() -> None:
    result = paired_randomisation([0.1, 0.9, 0.4], [0.1, 0.9, 0.4])
    assert (result.mean, result.deviation, result.p_value) == (0.0, 0.0, 1.0)


def test_a_paired_test_needs_the_same_queries() -> None:
    with pytest.raises(ValueError, match="2 values against 1"):
        paired_randomisation([0.1, 0.2], [0.1])


def test_the_smallest_detectable_change_is_the_textbook_one() -> None:
    # (1.959964 + 0.841621) * 0.2 / sqrt(64)
    assert smallest_detectable_change(0.2, 64) == pytest.approx(0.0700396, abs=1e-6)


def test_a_change_of_that_size_is_detected_four_times_in_five() -> None:
    rng = np.random.default_rng(11)
    change = smallest_detectable_change(0.2, 64)
    detected = [
        paired_randomisation(np.zeros(64), rng.normal(change, 0.2, 64), resamples=400, seed=s).p_value <= 0.05
        for s in range(300)
    ]
    assert np.mean(detected) == pytest.approx(0.8, abs=0.08)


def test_a_single_value_has_no_deviation() -> None:
    assert np.isnan(standard_deviation([0.5]))
