"""Several tests keep one error rate."""

import numpy as np
import pytest

from harness.statistics.corrections import holm, westfall_young


def test_the_smallest_p_value_pays_for_all_and_the_largest_for_itself() -> None:
    assert holm([0.01, 0.2, 0.02]) == pytest.approx([0.03, 0.2, 0.04])


def test_a_corrected_value_is_never_below_that_of_a_smaller_one_nor_above_one() -> None:
    assert holm([0.3, 0.29, 0.9]) == pytest.approx([0.87, 0.87, 0.9])
    assert holm([0.6, 0.7]) == [1.0, 1.0]


def test_a_single_test_needs_no_correction_and_none_at_all_gives_none() -> None:
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


def test_a_single_randomisation_test_is_exact_where_all_signs_can_be_tried() -> None:
    assert westfall_young(np.full((5, 1), -0.25)) == [2 / 2**5]
    assert westfall_young(np.array([[3.0], [2.0], [-1.0]])) == [4 / 2**3]


def test_tests_that_say_the_same_cost_nothing() -> None:
    differences = np.random.default_rng(0).normal(0.5, 1.0, (12, 1))
    alone = westfall_young(differences)
    assert westfall_young(differences * [[1.0, 2.0, -3.0]]) == alone * 3


def test_tests_that_say_something_else_do() -> None:
    differences = np.random.default_rng(0).normal([1.0, 0.0, 0.0], 1.0, (12, 3))
    alone, together = westfall_young(differences[:, :1])[0], westfall_young(differences)[0]
    assert alone < together < 3 * alone


def test_the_next_largest_is_held_against_what_is_left() -> None:
    rng = np.random.default_rng(1)
    strong, weak = np.full((8, 1), 1.0), rng.normal(0.6, 1.0, (8, 1))
    apart = np.block([[strong, np.zeros((8, 1))], [np.zeros((8, 1)), weak]])
    assert westfall_young(apart)[1] == pytest.approx(westfall_young(weak)[0], abs=0.02)


def test_no_difference_and_no_test_are_no_alarm() -> None:
    assert westfall_young(np.zeros((9, 2))) == [1.0, 1.0]
    assert westfall_young(np.zeros((9, 0))) == []


def test_all_tests_together_are_wrong_no_more_often_than_stated() -> None:
    """Of 1 000 families without any effect, 5 % have something at 0.05; more than 75 would have p < 0.001."""
    rng = np.random.default_rng(2)
    wrong = 0
    for _ in range(1_000):
        common = rng.standard_t(3, (40, 1))
        wrong += min(westfall_young(common + rng.standard_t(3, (40, 10)), resamples=1_000)) <= 0.05
    assert 25 <= wrong <= 75
