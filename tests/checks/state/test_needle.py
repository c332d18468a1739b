from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.http.target import HttpTarget

CHECK = "state.needle"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


@pytest.mark.parametrize("dialect", ["tei", "vllm"])
def test_a_healthy_server_finds_the_needle(
    dialect: str, served_target: Serve, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(served_target(dialect)))
    assert {o.status for o in outcomes} == {Status.PASS}


def test_what_is_lost_behind_the_32nd_is_found(served_target: Serve, context_for: Build, run_check: Run) -> None:
    score, rank = run_check(CHECK, context_for(served_target("vllm", "lost-behind-32")))
    assert (score.status, rank.status) == (Status.FAIL, Status.FAIL)
    assert "first as number 33 of 33" in score.message


def test_scores_handed_back_to_other_documents_are_found(
    reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    _, rank = run_check(CHECK, context_for(plant(reranker, "scores-zipped-with-sorted-order")))
    assert rank.status is Status.FAIL
    assert "the relevant document does not rank first" in rank.message
