"""Who agrees with whom among deployments of one model."""

from dataclasses import replace

import pytest

from harness.core.events import NoiseRecorded
from harness.core.fleet import Judge, State
from harness.core.vocabulary import Status
from harness.fleet.agreement import agreement, agreements
from tests.fleet.runs import finding, run, verified, without_model

HOLDS = (finding("numerics.values", Status.PASS),)
FAILS = (finding("numerics.values", Status.FAIL),)


def test_deployments_within_noise_agree() -> None:
    found = agreement({"a": run(), "b": run(1e-5), "c": run(-1e-5)})
    assert (found.disagree, found.odd, set(found.agreeing)) == (False, (), {"a", "b", "c"})


def test_of_three_the_one_away_from_the_others_is_odd() -> None:
    found = agreement({"a": run(), "b": run(0.5), "c": run()})
    assert (found.judge, found.odd, found.agreeing) == (Judge.MAJORITY, ("b",), ("a", "c"))


def test_without_a_model_the_majority_decides_too() -> None:
    found = agreement({"a": without_model(2.0), "b": without_model(), "c": without_model(0.01)})
    assert (found.judge, found.odd) == (Judge.MAJORITY, ("a",))


def test_healthy_deployments_in_unlike_precision_agree() -> None:
    coarse = run(0.05, noise=NoiseRecorded(0.3, 1.5, "bfloat16"))
    assert not agreement({"float32": run(), "bfloat16": coarse}).disagree


def test_without_a_model_unlike_precision_is_no_disagreement() -> None:
    assert not agreement({"a": without_model(), "b": without_model(), "c": without_model(0.02)}).disagree


def test_of_two_the_one_that_holds_against_the_reference_is_right() -> None:
    found = agreement({"a": run(0.5, findings=FAILS), "b": run(findings=HOLDS)})
    assert (found.judge, found.odd, found.agreeing) == (Judge.REFERENCE, ("a",), ("b",))


def test_two_alike_faults_are_no_majority_against_the_reference() -> None:
    wrong = run(0.5, findings=FAILS)
    found = agreement({"a": wrong, "b": wrong, "c": run(findings=HOLDS)})
    assert (found.judge, found.odd) == (Judge.REFERENCE, ("a", "b"))


@pytest.mark.parametrize("shifts", [(0.0, 0.5), (0.0, 0.0, 0.5, 0.5), (0.0, 0.5, 1.0)])
def test_where_nothing_tells_who_is_right_nobody_is_named(shifts: tuple[float, ...]) -> None:
    found = agreement({str(n): run(shift) for n, shift in enumerate(shifts)})
    assert (found.judge, found.odd, found.agreeing, found.disagree) == (Judge.NOBODY, (), (), True)


def test_a_majority_whose_scores_come_and_go_is_not_called_unequal() -> None:
    found = agreement(
        {"a": without_model(), "b": without_model(2.0), "c": without_model(-2.0), "d": without_model(4.0)}
    )
    assert not found.disagree


def test_deployments_without_scores_are_told_apart() -> None:
    found = agreement({"a": run(), "b": run(), "c": run(scores=())})
    assert (found.unscored, found.disagree, found.members) == (("c",), False, ("a", "b", "c"))


def test_one_alone_with_scores_disagrees_with_nobody() -> None:
    found = agreement({"a": run(), "b": run(scores=())})
    assert not found.disagree


def test_models_are_not_held_against_each_other() -> None:
    other = run(5.0)
    other = replace(other, started=replace(other.started, model={"id": "other", "digest": "sha256:2"}))
    found = agreements([verified("a", run()), verified("b", run()), verified("c", other), verified("d", other)])
    assert [each.members for each in found] == [("a", "b"), ("c", "d")]


def test_a_deployment_whose_target_died_is_held_against_none() -> None:
    found = agreements([verified("a", run()), verified("b", run()), verified("c", run(), State.LOST)])
    assert [each.members for each in found] == [("a", "b")]
