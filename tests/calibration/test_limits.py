"""Limits are a multiple of the largest difference, and the multiple is wider the fewer probes there are."""

from __future__ import annotations

import pytest

from harness.calibration.limits import Limits, multiple_for
from harness.calibration.rows import Quantiles, Spread


def spread(deviation: float, movement: float, repeat: float = 0.0) -> Spread:
    return Spread(300, 37, *(Quantiles(0.0, 0.0, 0.0, most) for most in (deviation, repeat, movement)))


LIMITS = Limits({"bfloat16 sdpa alone": spread(0.2, 0.0), "bfloat16 eager full": spread(0.4, 0.01, 0.03)}, 300, "here")


def test_noise_is_the_largest_deviation_of_any_kernel_and_shape() -> None:
    noise = LIMITS.noise(0.0, 1e-7)
    assert (noise.floor_logit, noise.count, noise.origin) == (0.4, 600, "here")
    assert dict(noise.sources) == {"bfloat16 sdpa alone": 0.2, "bfloat16 eager full": 0.4}


def test_movement_is_the_largest_between_batches_or_repeats() -> None:
    assert LIMITS.movement(0.0, 1e-7).floor_logit == 0.03


def test_nothing_is_believed_below_the_spacing_of_float32() -> None:
    assert Limits({"float64 sdpa alone": spread(0.0, 0.0)}, 300, "").noise(0.0, 5e-7).floor_logit == 5e-7


def test_digits_that_answers_lack_are_added() -> None:
    noise = LIMITS.noise(0.05, 1e-7)
    assert (noise.floor_logit, noise.sources[-1]) == (pytest.approx(0.5), ("digits", 0.05))


def test_fewer_probes_make_wider_limits() -> None:
    multiples = [multiple_for(probes) for probes in (1, 40, 96, 300, 1_000)]
    assert multiples == sorted(multiples, reverse=True)
    assert len(set(multiples)) == 4
