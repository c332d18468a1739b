"""What can be said of a target of which nobody says what it should compute."""

from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.checks.registry import Need, all_checks
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Status
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.function import FunctionTarget

ALONE = [c.id for c in all_checks() if not c.needs and c.area in (Area.ROBUSTNESS, Area.SCORE_DISTRIBUTION)]


def served(context_for: Callable[..., Context], reranker: Reranker) -> Context:
    return context_for(FunctionTarget(reranker.rerank, "python:served:rerank"), checkpoint=None, reference=None)


@pytest.mark.parametrize("check", ALONE)
def test_a_healthy_target_is_not_flagged(
    check: str, context_for: Callable[..., Context], reranker: Reranker, run_check: Callable[..., list[Outcome]]
) -> None:
    outcomes = run_check(check, served(context_for, reranker))
    assert [o.message for o in outcomes if o.status in (Status.FAIL, Status.ERROR)] == []


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("last-column-read", "invariants.neighbours"),
        ("softmax-over-batch", "invariants.batch-size"),
        ("scores-zipped-with-sorted-order", "invariants.permutation"),
        ("double-sigmoid", "score-distribution.double-sigmoid"),
        ("document-empty", "invariants.document-matters"),
    ],
)
def test_a_fault_is_seen_without_knowing_the_model(
    fault: str,
    check: str,
    context_for: Callable[..., Context],
    reranker: Reranker,
    run_check: Callable[..., list[Outcome]],
) -> None:
    outcomes = run_check(check, served(context_for, plant(reranker, fault)))
    assert Status.FAIL in {o.status for o in outcomes}


def test_what_needs_a_model_says_so() -> None:
    assert {Need.ANSWERS in c.needs for c in all_checks() if c.id.startswith("numerics.v")} == {True}
