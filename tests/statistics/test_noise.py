"""The noise floor is what was measured, and never below what float32 can tell apart."""

from __future__ import annotations

import numpy as np
import pytest

from harness.statistics.noise import measure

BASELINE = np.array([-4.0, 0.5, 6.0])


def test_the_floor_is_the_largest_deviation_of_any_variant() -> None:
    noise = measure({"repeat": BASELINE.copy(), "batched": BASELINE + np.array([0.0, -2e-5, 1e-5])}, BASELINE)
    assert dict(noise.sources) == pytest.approx({"repeat": 0.0, "batched": 2e-5})
    assert noise.floor_logit == pytest.approx(2e-5)


def test_the_limit_is_a_multiple_of_the_floor() -> None:
    noise = measure({"batched": BASELINE + 1e-5}, BASELINE, multiple=4.0)
    assert noise.limit_logit == 4.0 * noise.floor_logit


@pytest.mark.parametrize("variants", [{}, {"repeat": BASELINE.copy()}])
def test_the_floor_is_never_below_the_spacing_of_float32(variants: dict[str, np.ndarray]) -> None:
    assert measure(variants, BASELINE).floor_logit == np.spacing(np.float32(6.0))


def test_a_variant_of_another_shape_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"batched: logits of shape \(2,\)"):
        measure({"batched": BASELINE[:2]}, BASELINE)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_variant_that_is_not_finite_is_refused_by_name(bad: float) -> None:
    with pytest.raises(ValueError, match="float64: a logit is not finite"):
        measure({"float64": np.array([bad, 0.5, 6.0])}, BASELINE)


def test_no_logit_is_no_measurement() -> None:
    with pytest.raises(ValueError, match="at least one"):
        measure({}, np.array([]))
