"""Equivalence keeps its error rate, and says what it would take."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, ttest_1samp

from harness.statistics.equivalence import SHARE, equivalence, ranking_margin, share_bound

MARGIN = 0.1


def drawn(mean: float, seed: int, queries: int = 40, documents: int = 12) -> list[np.ndarray]:
    """Deviations whose queries have a part of their own."""
    rng = np.random.default_rng(seed)
    return [mean + 0.02 * rng.normal() + 0.01 * rng.normal(size=documents) for _ in range(queries)]


def test_small_deviations_are_shown_to_be_equivalent() -> None:
    found = equivalence(drawn(0.0, 0), MARGIN)
    assert found.shown
    assert found.smallest_margin < MARGIN
    assert -MARGIN < found.low < found.mean < found.high < MARGIN


@pytest.mark.parametrize("mean", [MARGIN, -MARGIN])
def test_a_mean_at_the_margin_is_called_equivalent_no_more_often_than_alpha_says(mean: float) -> None:
    p_values = np.array([equivalence(drawn(mean, seed, queries=12), MARGIN).p_value for seed in range(400)])
    assert np.mean(p_values <= 0.05) == pytest.approx(0.05, abs=0.03)


def test_the_tests_are_those_of_scipy() -> None:
    differences = drawn(0.03, 1)
    means = [float(group.mean()) for group in differences]
    found = equivalence(differences, MARGIN)
    above = ttest_1samp(means, -MARGIN, alternative="greater").pvalue
    below = ttest_1samp(means, MARGIN, alternative="less").pvalue
    assert found.p_value == pytest.approx(max(above, below), rel=1e-6)


def test_many_large_deviations_that_cancel_are_not_equivalent() -> None:
    found = equivalence([np.array([1.0, -1.0])] * 300, MARGIN)
    assert (found.p_value, found.share, found.shown) == (0.0, 1.0, False)
    assert found.smallest_margin == 1.0


@given(st.floats(-0.2, 0.2), st.integers(0, 2**31), st.floats(0.01, 0.5))
def test_the_smallest_margin_is_the_one_at_which_it_would_be_shown(mean: float, seed: int, margin: float) -> None:
    differences = drawn(mean, seed, documents=10)
    smallest = equivalence(differences, margin).smallest_margin
    assert equivalence(differences, smallest * (1 + 1e-6)).shown
    assert not equivalence(differences, smallest * (1 - 1e-6)).shown


@pytest.mark.parametrize(("pairs", "shown"), [(298, False), (299, True), (300, True)])
def test_two_hundred_and_ninety_nine_pairs_are_needed_for_a_share(pairs: int, shown: bool) -> None:
    found = equivalence([np.zeros(pairs // 2), np.zeros(pairs - pairs // 2)], MARGIN)
    assert (found.needed, found.shown) == (299, shown)
    assert math.isinf(found.smallest_margin) is not shown


@pytest.mark.parametrize(("beyond", "count"), [(0, 10), (3, 50), (7, 503)])
def test_the_bound_is_the_share_of_which_so_few_are_seen_once_in_twenty(beyond: int, count: int) -> None:
    assert binom.cdf(beyond, count, share_bound(beyond, count)) == pytest.approx(0.05)


def test_the_bound_of_all_is_one() -> None:
    assert share_bound(5, 5) == 1.0


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_difference_that_is_not_finite_is_beyond_every_margin(bad: float) -> None:
    found = equivalence([*drawn(0.0, 2), np.array([bad])], 1e9)
    assert (found.p_value, found.shown, found.smallest_margin) == (1.0, False, math.inf)
    assert found.share > 0.0


@pytest.mark.parametrize(("groups", "margin"), [([[0.1]], 1.0), ([[0.1], []], 1.0), ([[0.1], [0.2]], 0.0)])
def test_what_cannot_be_tested_is_refused(groups: list[list[float]], margin: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        equivalence(groups, margin)


def test_the_margin_is_half_of_the_low_quantile_of_gaps_of_different_grade() -> None:
    # gaps: 1, 3 and 2; the pair of equal grade, 0.001 apart, has no order to lose
    assert ranking_margin([([1, 0], [1.0, 0.0]), ([2, 1], [0.0, 3.0]), ([3, 0], [1.0, 3.0])]) == (0.5, 3)
    assert ranking_margin([([1, 1], [0.0, 0.001])]) is None


def test_documents_tied_against_their_grades_leave_no_margin() -> None:
    assert ranking_margin([([1, 0], [2.0, 2.0])]) is None


@given(st.integers(0, 2**31))
def test_movements_below_the_margin_change_the_order_of_at_most_one_pair_in_a_hundred(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades, scores = rng.integers(0, 3, 40), rng.normal(size=40)
    found = ranking_margin([(grades, scores)])
    assert found is not None
    margin, gaps = found
    moved = scores + rng.choice([-1.0, 1.0], 40) * margin * 0.999
    a, b = np.triu_indices(40, 1)
    changed = np.sign(scores[a] - scores[b]) != np.sign(moved[a] - moved[b])
    assert np.count_nonzero(changed & (grades[a] != grades[b])) <= SHARE * gaps
