"""Answers become numbers that can be compared."""

from __future__ import annotations

import numpy as np
import pytest

from harness.diagnosis.answers import LARGEST, Answer, Zone, answer_of, order_of, read
from harness.reference.reply import Item


def test_a_probability_is_read_as_log_odds() -> None:
    reading = read(Answer((0.5, 0.9)))
    assert reading.zones == (Zone.INSIDE, Zone.INSIDE)
    np.testing.assert_allclose(reading.values, [0, np.log(9)])


def test_raw_scores_and_scores_outside_of_their_range_are_left_as_they_are() -> None:
    assert read(Answer((7.5,), raw=True)).zones == (Zone.RAW,)
    assert read(Answer((7.5,))).zones == (Zone.OUTSIDE,)
    assert read(Answer((7.5,))).values[0] == 7.5


def test_what_is_missing_is_told_from_what_is_no_number() -> None:
    answer = answer_of([Item(0, float("nan")), Item(2, 0.5)], 3, raw=False, ordered=True)
    assert read(answer).zones == (Zone.NONE, Zone.MISSING, Zone.INSIDE)


def test_a_saturated_probability_has_no_infinite_log_odds() -> None:
    reading = read(Answer((1.0, 0.0)))
    assert reading.values[0] == LARGEST
    assert np.isfinite(reading.values).all()


def test_few_digits_are_a_wide_rounding() -> None:
    coarse, fine = read(Answer((0.01,)), decimals=2), read(Answer((0.01,)))
    assert coarse.rounding[0] > 1e4 * fine.rounding[0]


@pytest.mark.parametrize(
    ("items", "order"),
    [
        ([(1, 0.9), (0, 0.5)], "falling, no ties"),
        ([(0, 0.5), (1, 0.9)], "by document"),
        ([(1, 0.5), (0, 0.9)], "rising"),
        ([(1, 0.9), (0, 0.5), (2, 0.5)], "falling, ties rising"),
        ([(1, 0.9), (2, 0.5), (0, 0.5)], "falling, ties falling"),
        ([(2, 0.5), (0, 0.9), (1, 0.7)], "neither"),
    ],
)
def test_the_order_of_lines_is_told_in_words(items: list[tuple[int, float]], order: str) -> None:
    assert order_of([Item(index, score) for index, score in items]) == order


def test_the_first_of_two_lines_for_a_document_counts() -> None:
    answer = answer_of([Item(0, 0.9), Item(0, 0.1)], 2, raw=False, ordered=True)
    assert (answer.scores[0], answer.named) == (0.9, (0, 0))
