"""Scores that moved, and what changed places for it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from harness.core.comparison import Judgement, ScoreChanges
from harness.core.events import NoiseRecorded, RunStarted, ScoresRecorded
from harness.core.run import Run
from harness.regression.compare import compare

STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "m"}, "cpu", "ci", {}, id="a")
NOISE = NoiseRecorded(1e-3, 1e-2, "a test")


def run(*takes: tuple[float | None, ...], scale: str = "log-odds", noise: NoiseRecorded | None = NOISE) -> Run:
    recorded = [
        ScoresRecorded("q", tuple("abc"), (2, 1, 0), scores, scale, take=take) for take, scores in enumerate(takes)
    ]
    return Run.of([STARTED, *([noise] if noise else []), *recorded])


def many(logits: tuple[float | None, ...], only: int = 12) -> Run:
    """Queries that are all answered alike."""
    (query,) = run(logits).scores
    return Run.of([STARTED, NOISE, *(replace(query, query=f"q{n}") for n in range(only))])


def found(base: Run, after: Run) -> ScoreChanges:
    changes = compare(base, after).scores
    assert changes is not None
    return changes


BASE = run((3.0, 2.0, 1.0))


def test_what_moved_within_noise_did_not_move() -> None:
    changes = found(BASE, run((3.0009, 2.0, 1.0)))
    assert (changes.moved_count, changes.judgement) == (0, Judgement.UNCHANGED)
    assert changes.largest_logit == pytest.approx(0.0009)


def test_what_moved_beyond_it_is_worse_and_named() -> None:
    changes = found(BASE, run((3.0, 2.5, 1.0)))
    assert [(moved.document, moved.judgement) for moved in changes.moved] == [("b", Judgement.WORSE)]
    assert changes.judgement is Judgement.WORSE


def test_what_changed_places_is_told_with_the_gap_and_the_grades() -> None:
    (flip,) = found(BASE, run((1.5, 2.0, 1.0))).flips
    assert (flip.above, flip.below, flip.gap_logit, flip.grades_apart) == ("a", "b", 1.0, 1)


def test_places_that_change_within_noise_are_no_flip() -> None:
    close = run((2.0004, 2.0, 1.0))
    assert found(close, run((2.0, 2.0004, 1.0))).flipped_count == 0


def test_what_is_back_in_the_next_take_is_flaky() -> None:
    changes = found(BASE, run((3.0, 2.5, 1.0), (3.0, 2.0, 1.0)))
    assert (changes.flaky_count, changes.judgement) == (1, Judgement.FLAKY)
    assert changes.moved[0].take_apart == 0.5


def test_what_moves_only_in_the_next_take_is_flaky_too() -> None:
    assert found(BASE, run((3.0, 2.0, 1.0), (3.0, 2.5, 1.0))).judgement is Judgement.FLAKY


def test_what_moved_in_every_take_is_drift() -> None:
    assert found(BASE, run((3.0, 2.5, 1.0), (3.0, 2.5, 1.0))).judgement is Judgement.WORSE


def test_a_score_that_is_gone_has_moved_without_end() -> None:
    changes = found(BASE, run((3.0, None, 1.0)))
    assert changes.largest_logit == math.inf
    assert changes.judgement is Judgement.WORSE


def test_a_score_that_was_saturated_and_is_has_not_moved() -> None:
    saturated = run((1.0, 0.5, 0.0), scale="probability")
    assert found(saturated, saturated).judgement is Judgement.UNCHANGED


def test_a_saturated_score_may_come_and_go_with_its_last_digit() -> None:
    nearly = float(np.nextafter(np.float32(1.0), np.float32(0.0)))
    assert found(probable(1.0, 0.123456789), probable(nearly, 0.123456789)).judgement is Judgement.UNCHANGED
    assert found(probable(1.0, 0.123456789), probable(0.9999, 0.123456789)).judgement is Judgement.WORSE


def test_a_last_decimal_may_be_rounded_the_other_way_where_both_runs_cut_it() -> None:
    assert found(probable(0.42, 0.17), probable(0.43, 0.17)).judgement is Judgement.UNCHANGED
    assert found(probable(0.42, 0.17), probable(0.4249999, 0.17)).judgement is Judgement.WORSE


@pytest.mark.parametrize("broken", [(2.0, 2.0005, 1.0), (2.0, 1.9995, 1.0)])
def test_ties_that_are_broken_in_many_queries_are_worse_though_nothing_moved(broken: tuple[float, ...]) -> None:
    changes = found(many((2.0, 2.0, 1.0)), many(broken))
    assert (changes.ties_apart, changes.moved_count, changes.judgement) == (12, 0, Judgement.WORSE)
    assert changes.message == (
        "ties are broken in another way: 12 pairs of documents that were tied have two scores now, and 0 that had two "
        "are tied (p 0.00049)"
    )


def test_scores_that_are_tied_only_now_are_worse_too() -> None:
    assert found(many((2.0, 2.0005, 1.0)), many((2.0, 2.0, 1.0))).judgement is Judgement.WORSE


def test_a_few_ties_that_come_apart_are_counted_and_no_more() -> None:
    changes = found(run((2.0, 2.0, 1.0)), run((2.0, 2.0005, 1.0)))
    assert (changes.ties_apart, changes.judgement) == (1, Judgement.UNCHANGED)


def probable(*scores: float) -> Run:
    (query,) = run((*scores, 0.01)).scores
    return Run.of([STARTED, NOISE, replace(query, scale="probability")])


def test_documents_are_matched_by_name_whatever_their_order() -> None:
    other = replace(BASE.scores[0], documents=tuple("cba"), grades=(0, 1, 2), scores=(1.0, 2.0, 3.0))
    shuffled = Run.of([STARTED, NOISE, other])
    assert found(BASE, shuffled).judgement is Judgement.UNCHANGED


def test_what_moves_no_farther_than_the_run_does_itself_is_flaky() -> None:
    assert found(BASE, run((3.1, 2.2, 0.9), (2.8, 1.9, 1.2))).judgement is Judgement.FLAKY


def test_what_moves_no_farther_than_the_base_does_itself_did_not_move() -> None:
    unsteady = run((3.0, 2.0, 1.0), (3.1, 1.9, 1.2))
    assert found(unsteady, run((2.9, 2.2, 1.1))).judgement is Judgement.UNCHANGED


def test_one_score_that_comes_and_goes_hides_no_other() -> None:
    flaky = many((0.0, 1.0, 2.0)), many((0.0, 1.0, 5.0), only=1)
    base = replace(flaky[0], scores=flaky[0].scores + tuple(replace(s, take=1) for s in flaky[1].scores))
    assert found(base, many((0.0, 1.5, 2.0))).judgement is Judgement.WORSE


def test_a_place_that_is_changed_in_one_take_only_is_no_flip() -> None:
    assert found(BASE, run((1.5, 2.0, 1.0), (3.0, 2.0, 1.0))).flipped_count == 0


def test_runs_that_share_no_query_have_nothing_to_compare() -> None:
    assert compare(BASE, Run.of([STARTED])).scores is None
