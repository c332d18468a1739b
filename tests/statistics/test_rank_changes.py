"""What changes places, by the gap that it crosses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.statistics.rank_changes import all_flips, all_top_changes, flips, top_changes

SCORES = st.lists(st.floats(-10.0, 10.0), min_size=2, max_size=12)


@st.composite
def moved(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    """Scores, the same moved by no more than a width, and that width."""
    scores = np.array(draw(SCORES))
    width = draw(st.floats(0.0, 3.0))
    shifts = draw(st.lists(st.floats(-1.0, 1.0), min_size=len(scores), max_size=len(scores)))
    return scores, scores + width * np.array(shifts), width


@given(SCORES)
def test_the_same_scores_change_nothing(scores: list[float]) -> None:
    found = flips(scores, scores)
    assert (found.widest, found.weighed, found.gaps.size) == (0.0, 0.0, 0)
    assert [c.gaps.size for k in (1, 3) if (c := top_changes(scores, scores, k))] in ([], [0], [0, 0])


@given(SCORES)
def test_the_reversed_order_crosses_every_gap(scores: list[float]) -> None:
    found = flips(scores, -np.array(scores))
    assert found.gaps.size == found.count
    assert found.widest == max(scores) - min(scores)


@given(moved())
def test_no_gap_is_crossed_that_is_wider_than_twice_the_movement(case: tuple[np.ndarray, np.ndarray, float]) -> None:
    scores, target, width = case
    assert flips(scores, target).widest <= 2 * width + 1e-12


@given(SCORES, st.data())
def test_no_document_crosses_the_border_further_than_the_widest_flip(scores: list[float], data: st.DataObject) -> None:
    target = data.draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, np.nan]), min_size=len(scores), max_size=len(scores)))
    for k in (1, 3, 10):
        if changes := top_changes(scores, target, k):
            assert changes.widest <= flips(scores, target).widest


def test_a_flip_weighs_as_much_as_the_gap_it_crosses() -> None:
    found = flips([3.0, 2.5, 0.0], [3.0, 3.5, 0.0])
    assert (found.gaps.tolist(), found.total, found.weighed) == ([0.5], 6.0, 0.5 / 6.0)
    assert (found.beyond(0.4), found.beyond(0.5)) == (1, 0)


def test_ties_of_the_target_are_changes_and_those_of_the_reference_are_not() -> None:
    assert flips([2.0, 1.0], [0.5, 0.5]).gaps.tolist() == [1.0]
    assert flips([1.0, 1.0], [0.1, 0.9]).count == 0


def test_a_score_that_is_no_number_stands_last() -> None:
    assert flips([2.0, 1.0], [np.nan, -9.0]).gaps.tolist() == [1.0]
    assert flips([2.0, 1.0], [0.0, np.nan]).gaps.tolist() == []


def test_what_left_and_what_entered_are_measured_from_the_border() -> None:
    found = top_changes([4.0, 3.0, 1.0, 0.0], [4.0, 0.5, 1.0, 2.0], 2)
    assert found is not None
    # 3.0 left from two above the best one outside, 0.0 entered from three below the last one inside
    assert found.gaps.tolist() == [2.0, 3.0]


def test_documents_tied_at_the_border_may_stand_on_either_side() -> None:
    found = top_changes([3.0, 2.0, 1.0], [1.0, 1.0, 0.0], 1)
    assert found is not None
    assert found.gaps.tolist() == [1.0, 1.0]


def test_a_query_with_no_more_documents_than_are_returned_has_no_border() -> None:
    assert top_changes([2.0, 1.0, 0.0], [0.0, 1.0, 2.0], 3) is None


def test_queries_are_joined() -> None:
    queries = [([2.0, 1.0], [1.0, 2.0]), ([5.0, 1.0, 0.0], [5.0, 0.0, 1.0])]
    assert all_flips(queries).gaps.tolist() == [1.0, 1.0]
    changes, count = all_top_changes(queries, 2)
    assert (changes.gaps.tolist(), count) == ([1.0, 1.0], 1)


def test_no_query_has_no_change() -> None:
    assert (all_flips([]).widest, all_flips([]).weighed) == pytest.approx((0.0, 0.0))
