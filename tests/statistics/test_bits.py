"""Distances in units of the last place, and a census that finds rounded numbers and is not fooled by others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.scores import Scores, to_probability
from harness.statistics.bits import (
    CHANCE,
    FORMATS,
    Format,
    Known,
    bits_census,
    bits_of_grid,
    grid_census,
    significant_bits,
    ulp_distance,
)

FLOAT32, BFLOAT16 = FORMATS["float32"], FORMATS["bfloat16"]
FLOATS = st.floats(-1e6, 1e6, width=32)
NORMAL = st.floats(2.0**-14, 60_000.0, width=16)


def rounded(values: Scores, format: Format) -> Scores:
    """Halves to even, like the format's arithmetic."""
    unit = format.spacing(values)
    return np.asarray(np.round(values / unit) * unit)


def logits(count: int, seed: int = 0) -> tuple[Scores, Scores]:
    """Answer logits as they are met: near 18, a few apart."""
    rng = np.random.default_rng(seed)
    return rng.uniform(16.0, 20.0, count), rng.uniform(16.0, 20.0, count)


def difference(format: Format, count: int = 60, seed: int = 0) -> Scores:
    yes, no = (rounded(side, format) for side in logits(count, seed))
    return np.asarray(yes - no)


@given(FLOATS)
def test_neighbours_are_one_unit_apart_or_half_of_one_below_a_power_of_two(value: float) -> None:
    above = float(np.nextafter(np.float32(value), np.float32(np.inf)))
    assert ulp_distance(value, above, FLOAT32) in (0.5, 1.0)


@given(FLOATS, FLOATS)
def test_the_distance_is_symmetric_and_the_same_at_twice_the_size(a: float, b: float) -> None:
    found = ulp_distance(a, b, BFLOAT16)
    assert found == ulp_distance(b, a, BFLOAT16)
    if min(abs(a), abs(b)) > 1e-30:
        assert found == ulp_distance(2 * a, 2 * b, BFLOAT16)


@pytest.mark.parametrize("name", ["float32", "float16"])
@given(value=NORMAL)
def test_the_spacing_is_that_of_numpy(name: str, value: float) -> None:
    assert FORMATS[name].spacing(value) == np.spacing(np.dtype(name).type(value))


@given(NORMAL)
def test_the_spacing_of_bfloat16_is_that_of_torch(value: float) -> None:
    import torch

    ours = rounded(np.array([value]), BFLOAT16)
    assert ours.tolist() == torch.tensor([value], dtype=torch.float64).to(torch.bfloat16).tolist()


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [(np.inf, np.inf, 0.0), (np.inf, 1.0, np.inf), (np.nan, np.nan, np.inf), (18.0, 18.125, 1.0), (0.0, 0.0, 0.0)],
)
def test_infinities_are_equal_and_nan_is_infinitely_far(a: float, b: float, distance: float) -> None:
    assert ulp_distance(a, b, BFLOAT16) == distance


def test_units_get_no_finer_than_at_the_least_magnitude() -> None:
    assert ulp_distance(0.0, 1e-6, FLOAT32, at_least=1.0) == pytest.approx(1e-6 / 2**-23)


@given(st.lists(st.floats(2**-14, 1.0, width=16), min_size=1))
def test_a_half_needs_no_more_than_eleven_bits(values: list[float]) -> None:
    assert significant_bits(np.array(values)) <= 11


@pytest.mark.parametrize(("name", "bits"), [("bfloat16", 8), ("float16", 11), ("float32", None)])
@pytest.mark.parametrize("written", [np.float64, np.float32])
def test_probabilities_that_were_rounded_show_their_bits(name: str, bits: int | None, written: type) -> None:
    scores = rounded(to_probability(difference(FLOAT32)), FORMATS[name]).astype(written)
    assert bits_census(Known.probabilities(scores)).found == bits


@pytest.mark.parametrize(("name", "step"), [("bfloat16", 1 / 8), ("float16", 1 / 64), ("float32", None)])
def test_log_odds_lie_on_the_grid_that_their_logits_were_rounded_to(name: str, step: float | None) -> None:
    log_odds = difference(FORMATS[name])
    assert grid_census(Known.log_odds(log_odds)).found == step
    as_sent = to_probability(log_odds).astype(np.float32)
    assert grid_census(Known.probabilities(as_sent).as_log_odds()).found == step


@given(st.integers(0, 2**32 - 1), st.integers(4, 400))
def test_numbers_that_were_not_rounded_lie_on_no_grid(seed: int, count: int) -> None:
    log_odds = np.random.default_rng(seed).normal(0.0, 4.0, count).astype(np.float32)
    for known in (Known.log_odds(log_odds), Known.probabilities(to_probability(log_odds))):
        assert bits_census(known).found is None
    assert grid_census(Known.log_odds(log_odds)).found is None


@given(st.integers(0, 6), st.integers(0, 2**32 - 1), st.integers(1, 200))
def test_cut_decimals_are_no_rounding_whether_their_number_is_known_or_not(
    decimals: int, seed: int, count: int
) -> None:
    log_odds = np.random.default_rng(seed).normal(0.0, 3.0, count)
    scores, logits = np.round(to_probability(log_odds), decimals), np.round(log_odds, decimals)
    for known in (None, decimals):
        assert bits_census(Known.probabilities(scores, known)).found is None
        assert grid_census(Known.probabilities(scores, known).as_log_odds()).found is None
        assert grid_census(Known.log_odds(logits, known)).found is None


def test_a_grid_is_seen_through_four_decimals_and_not_through_one() -> None:
    scores = to_probability(difference(BFLOAT16))
    four = grid_census(Known.probabilities(np.round(scores, 4), 4).as_log_odds())
    one = grid_census(Known.probabilities(np.round(scores, 1), 1).as_log_odds())
    assert (four.found, one.found, one.telling) == (1 / 8, None, False)


def test_saturated_probabilities_say_nothing() -> None:
    census = grid_census(Known.probabilities([0.0, 1.0, *(1.0 - np.arange(1, 40) * 2.0**-24)]).as_log_odds())
    assert (census.found, census.telling) == (None, False)


@pytest.mark.parametrize(("count", "telling"), [(14, False), (15, True)])
def test_fifteen_distinct_numbers_are_the_least_that_tell(count: int, telling: bool) -> None:
    many_copies = np.tile(np.arange(1, count + 1) / 8.0, 50)
    census = grid_census(Known.log_odds(many_copies))
    assert (census.telling, census.found) == (telling, 1 / 8 if telling else None)


def test_the_chance_is_the_product_over_numbers_times_the_grids_tried() -> None:
    census = grid_census(Known.log_odds(np.arange(1, 21) / 8.0))
    assert census.chance == pytest.approx(16 * 0.2**20)
    assert (census.count, census.chance < CHANCE) == (20, True)


def test_integers_are_no_logits() -> None:
    ranks = Known.log_odds(np.arange(1.0, 60.0))
    assert (grid_census(ranks).found, bits_census(ranks).found) == (None, None)


@pytest.mark.parametrize(("step", "bits"), [(1 / 4, 8), (1 / 32, 11), (2.0**-18, 24)])
def test_a_grid_is_that_of_a_format_below_sixty_four(step: float, bits: int) -> None:
    assert bits_of_grid(step) == bits
