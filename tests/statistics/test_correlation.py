"""Correlations are those of scipy where defined, and absent elsewhere."""

from __future__ import annotations

import pytest

from harness.statistics.correlation import CORRELATIONS, Correlation, kendall_tau_b

every_correlation = pytest.mark.parametrize("correlation", CORRELATIONS.values(), ids=CORRELATIONS)


@every_correlation
def test_a_right_order_correlates_fully_and_its_reverse_negatively(correlation: Correlation) -> None:
    assert correlation([0, 1, 2, 3], [0.1, 0.2, 0.3, 0.4]) == pytest.approx(1.0)
    assert correlation([0, 1, 2, 3], [0.4, 0.3, 0.2, 0.1]) == pytest.approx(-1.0)


@every_correlation
@pytest.mark.parametrize(("grades", "scores"), [([1, 1, 1], [0.1, 0.2, 0.3]), ([0, 1, 2], [0.7, 0.7, 0.7]), ([], [])])
def test_what_is_constant_correlates_with_nothing(
    correlation: Correlation, grades: list[int], scores: list[float]
) -> None:
    assert correlation(grades, scores) is None


@every_correlation
def test_a_nan_score_is_refused(correlation: Correlation) -> None:
    with pytest.raises(ValueError, match="document 0 is NaN"):
        correlation([0, 1], [float("nan"), 1.0])


@every_correlation
def test_a_saturated_score_is_the_largest_and_no_more(correlation: Correlation) -> None:
    found = correlation([2, 0, 1, 0], [float("inf"), float("-inf"), 3.0, 4.0])
    assert found == pytest.approx(correlation([2, 0, 1, 0], [9.0, -9.0, 3.0, 4.0]))


def test_tau_b_corrects_for_ties() -> None:
    # 4 pairs that agree, none that disagrees; 5 of 6 pairs differ in grade, 5 of 6 in score: 4 / sqrt(5 * 5)
    assert kendall_tau_b([0, 0, 1, 2], [0.1, 0.2, 0.3, 0.3]) == pytest.approx(4 / 5)
