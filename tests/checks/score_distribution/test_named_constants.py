from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import ConstantControl, RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.named-constants"
Run = Callable[[str, Context], list[Outcome]]


@pytest.mark.parametrize(
    ("constant", "cause"),
    [
        (0.5, "a head that is all zero"),
        (0.6224593, "an error swallowed into 0.5"),
        (0.7310586, "put through a sigmoid again"),
        (0.7305, "put through a sigmoid again"),
        (1.0, "the softmax over a single label"),
        (0.0, "quantised away"),
        (0.0001381069574226601, "the document does not reach the score"),
        (0.3, "the document does not reach the score"),
    ],
)
def test_a_constant_is_explained(
    constant: float, cause: str, context_for: Callable[..., Context], run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(ConstantControl(constant), reference=None))
    assert (outcome.status, outcome.value) == (Status.FAIL, 1.0)
    assert cause in outcome.message


def test_errors_swallowed_for_some_documents_are_seen(context_for: Callable[..., Context], run_check: Run) -> None:
    def sometimes_half(query: str, documents: list[str], instruction: str | None) -> list[float]:
        scores = RandomControl().score(query, documents, instruction)
        return [0.5 if score < 0.1 else score for score in scores]

    (outcome,) = run_check(CHECK, context_for(FunctionTarget(sometimes_half, "python:test:half"), reference=None))
    assert outcome.status is Status.FAIL
    assert outcome.value == pytest.approx(0.1, abs=0.04)


def test_zero_log_odds_are_a_zero_head(context_for: Callable[..., Context], run_check: Run) -> None:
    def zero(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [0.0] * len(documents)

    zero.scale = "log-odds"  # type: ignore[attr-defined]
    (outcome,) = run_check(CHECK, context_for(FunctionTarget(zero, "python:test:zero"), reference=None))
    assert "a head that is all zero" in outcome.message


def test_scores_that_differ_are_no_constant(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert outcome.status is Status.PASS
