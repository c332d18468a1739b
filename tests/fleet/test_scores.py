"""How far deployments are apart, and how far they may be."""

import math

import pytest

from harness.core.events import NoiseRecorded
from harness.core.fleet import Apart
from harness.core.run import Run
from harness.fleet.scores import NONE, TYPICAL, Spread, apart, spread_of
from tests.fleet.runs import LOGITS, run, without_model


def between(first: Run, second: Run, spread: Spread = NONE) -> Apart:
    found = apart(("a", first), ("b", second), spread)
    assert found is not None
    return found


def test_equal_scores_are_not_apart() -> None:
    found = between(run(), run())
    assert (found.compared, found.median, found.largest, found.beyond) == (8, 0.0, 0.0, False)


def test_two_may_be_as_far_apart_as_both_may_be_from_what_the_model_defines() -> None:
    coarse = run(0.0, noise=NoiseRecorded(0.3, 1.5, "bfloat16"))
    assert between(run(), coarse).limit == pytest.approx(1.501)


def test_one_score_beyond_the_limit_is_beyond_noise() -> None:
    moved = run([[LOGITS[0][0] + 0.0021, *LOGITS[0][1:]], LOGITS[1]])
    assert (between(run(), moved).beyond, between(run(), run()).beyond) == (True, False)


def test_half_of_the_scores_beyond_an_eighth_of_the_limit_are_beyond_noise() -> None:
    limit = between(run(), run()).limit
    within, beyond = (between(run(), run(share * limit / TYPICAL)) for share in (0.9, 1.1))
    assert (within.beyond, beyond.beyond) == (False, True)
    assert beyond.largest < limit


def test_what_was_not_measured_is_that_of_the_coarsest_dtype_and_says_so() -> None:
    found = between(without_model(), without_model())
    assert (found.limit, "bfloat16" in found.origin) == (3.2, True)


def test_a_score_that_only_one_has_is_infinitely_far() -> None:
    lost = run([[None, *LOGITS[0][1:]], LOGITS[1]])
    found = between(run(), lost)
    assert (found.largest, found.beyond) == (math.inf, True)


def test_pairs_that_changed_places_are_counted() -> None:
    turned = run([LOGITS[0][::-1], LOGITS[1]])
    assert (between(run(), turned).turned, between(run(), turned).ordered) == (6, 12)


def test_runs_without_a_common_query_are_not_compared() -> None:
    assert apart(("a", run()), ("b", run(scores=()))) is None


def test_a_majority_that_is_far_apart_widens_the_limit_and_is_named() -> None:
    found = between(without_model(), without_model(), spread=Spread(1.0, 9.0))
    assert (found.limit, found.origin) == (9.0, "how far the majority is apart")


@pytest.mark.parametrize(
    ("distances", "spread"),
    [
        ([[0, 1], [1, 0]], 0.0),
        ([[0, 0.1, 9], [0.1, 0, 9], [9, 9, 0]], 0.1),
        ([[0, 9, 9], [9, 0, 9], [9, 9, 0]], 9),
        ([[0, 1, 2, 50], [1, 0, 2, 50], [2, 2, 0, 50], [50, 50, 50, 0]], 2),
    ],
)
def test_the_spread_is_that_of_the_tightest_majority(distances: list[list[float]], spread: float) -> None:
    assert spread_of(distances) == spread
