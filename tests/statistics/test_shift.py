"""The shift of P(yes), exact at saturation and for the smallest differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.scores import to_probability
from harness.statistics.shift import (
    bernoulli_kl,
    largest_change,
    largest_kl,
    logits_of_change,
    logits_of_kl,
    probability_change,
    same_first,
    shift,
)

LOGITS = st.floats(-30.0, 30.0)
INF = math.inf


@given(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0))
def test_the_divergence_is_the_textbooks_where_that_can_be_computed(x: float, y: float) -> None:
    p, q = to_probability([x, y])
    textbook = p * math.log(p / q) + (1 - p) * math.log((1 - p) / (1 - q))
    assert bernoulli_kl(x, y) == pytest.approx(textbook, rel=1e-9, abs=1e-14)


@given(LOGITS, LOGITS)
def test_the_divergence_is_that_of_the_other_answer_and_never_negative(x: float, y: float) -> None:
    assert bernoulli_kl(x, y) == pytest.approx(bernoulli_kl(-x, -y), rel=1e-9)
    assert bernoulli_kl(x, y) >= 0.0


@given(LOGITS, st.floats(1e-10, 1e-4))
def test_small_divergences_keep_their_digits(x: float, d: float) -> None:
    p = float(to_probability(-abs(x)))
    y = x + d
    assert bernoulli_kl(x, y) == pytest.approx(p * (1 - p) * (y - x) ** 2 / 2, rel=1e-3, abs=1e-30)


@given(st.floats(-800.0, 800.0), st.floats(-20.0, 20.0))
def test_divergence_and_change_are_at_most_what_the_distance_of_log_odds_can_cause(x: float, d: float) -> None:
    distance = abs((x + d) - x)
    assert bernoulli_kl(x, x + d) <= largest_kl(distance) + 1e-15 * distance
    assert abs(probability_change(x, x + d)) <= largest_change(distance) * (1 + 1e-9) + 1e-15


@given(st.floats(1e-6, 10.0))
def test_the_bound_of_the_change_is_reached_around_one_half(d: float) -> None:
    assert probability_change(-d / 2, d / 2) == pytest.approx(largest_change(d), rel=1e-9)


def test_the_bound_of_the_divergence_is_reached_by_small_distances() -> None:
    assert bernoulli_kl(0.0, 1e-4) == pytest.approx(largest_kl(1e-4), rel=1e-4)


@given(st.floats(1e-6, 20.0))
def test_the_bounds_are_inverted(d: float) -> None:
    assert logits_of_kl(largest_kl(d)) == pytest.approx(d)
    assert logits_of_change(largest_change(d)) == pytest.approx(d, rel=1e-2)


@pytest.mark.parametrize(
    ("x", "y", "divergence"),
    [
        (INF, INF, 0.0), (-INF, -INF, 0.0), (0.0, INF, INF), (INF, -INF, INF), (INF, 0.0, math.log(2)),
        (-INF, 0.0, math.log(2)), (-800.0, 800.0, 800.0), (0.0, math.nan, INF),
    ],
)  # fmt: skip
def test_saturation_diverges_by_what_is_lost(x: float, y: float, divergence: float) -> None:
    assert bernoulli_kl(x, y) == pytest.approx(divergence)


def test_the_largest_log_odds_do_not_overflow() -> None:
    assert bernoulli_kl(1e307, -1e307) == pytest.approx(1e307)


def test_the_summary_holds_mean_error_and_percentiles() -> None:
    rng = np.random.default_rng(0)
    reference = rng.normal(0.0, 2.0, 4_000)
    found = shift(reference, reference + 0.1 * rng.normal(size=4_000))
    assert found.count == 4_000
    assert found.kl.error == pytest.approx(found.kl.mean / math.sqrt(4_000), rel=1.0)
    at = [value for _, value in found.kl.percentiles]
    assert found.kl.largest >= at[0] >= at[1] >= at[2] >= at[3] > 0.0
    assert abs(found.delta.mean) < 4 * found.delta.error < found.delta.rms


def test_a_saturated_target_leaves_no_nan_in_the_percentiles() -> None:
    found = shift([0.0, 1.0, 2.0], [INF, 1.0, 2.0])
    assert (found.kl.largest, found.kl.mean) == (INF, INF)
    assert not any(math.isnan(value) for _, value in (*found.kl.percentiles, *found.delta.percentiles))


def test_a_shift_of_no_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        shift([], [])


def test_the_first_document_is_the_same_by_chance_where_the_target_ties_it() -> None:
    same, tied, other = ([2.0, 1.0], [5.0, 1.0]), ([2.0, 1.0], [1.0, 1.0]), ([2.0, 1.0], [1.0, math.nan])
    assert same_first([same, tied])[0] == 0.75
    assert same_first([other])[0] == 1.0
    assert same_first([([2.0, 2.0, 1.0], [1.0, 1.0, 0.0])])[0] == 1.0


def test_scores_that_are_no_numbers_have_no_first_document() -> None:
    assert same_first([([2.0, 1.0], [math.nan, math.nan])])[0] == 0.0
    assert same_first([])[2] == 0
