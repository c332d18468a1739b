"""Blocks of neighbours stand for independent draws, and what lies between runs is counted."""

import math

import numpy as np
import pytest
from scipy import stats

from harness.statistics.blocks import block_medians, contrast


def walk(seed: int, size: int = 60) -> np.ndarray:
    """Noise in which each value remembers half of the one before."""
    draws = np.random.default_rng(seed).normal(size=size)
    for n in range(1, size):
        draws[n] += 0.5 * draws[n - 1]
    return draws


def test_without_more_between_runs_it_is_the_test_of_welch() -> None:
    a, b = np.random.default_rng(0).normal(size=(2, 12)) * [[1.0], [3.0]]
    expected = stats.ttest_ind(b, a, equal_var=False)
    found = contrast(a, b)
    assert (found.p_value, found.freedom) == pytest.approx((expected.pvalue, expected.df))
    assert found.interval(0.05) == pytest.approx(tuple(expected.confidence_interval(0.95)))


def test_what_runs_differ_by_widens_the_interval_however_many_rounds_there_are() -> None:
    found = contrast([0.0, 0.0], [0.01, 0.01], between=0.01)
    assert found.freedom == math.inf
    assert found.error == pytest.approx(math.sqrt(2) * 0.01)


def test_values_without_any_spread_differ_surely_or_not_at_all() -> None:
    assert contrast([1.0, 1.0], [1.0, 1.0]).p_value == 1.0
    assert contrast([1.0, 1.0], [2.0, 2.0]).p_value == 0.0


def test_neighbours_that_depend_on_each_other_raise_as_many_alarms_as_stated() -> None:
    alarms = [
        contrast(block_medians(walk(n), 5), block_medians(walk(n + 10_000), 5)).p_value < 0.05 for n in range(400)
    ]
    assert np.mean(alarms) < 0.09  # single values would raise 23 %


def test_a_single_interruption_does_not_move_a_block() -> None:
    assert block_medians([1.0] * 9 + [1e6], 5).tolist() == [1.0, 1.0]


def test_few_values_make_two_blocks_and_one_value_is_refused() -> None:
    assert block_medians([1.0, 2.0, 9.0], 5).size == 2
    with pytest.raises(ValueError, match="needs two or more"):
        contrast([1.0], [1.0, 2.0])
