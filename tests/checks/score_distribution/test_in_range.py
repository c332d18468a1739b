from collections.abc import Callable
from typing import Any

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.in-range"
Run = Callable[[str, Context], list[Outcome]]


def declared(scale: str, score: Callable[[str], float]) -> FunctionTarget:
    def function(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [score(document) for document in documents]

    function.scale = scale  # type: ignore[attr-defined]
    return FunctionTarget(function, "python:test:function")


@pytest.mark.parametrize(
    ("scale", "score", "status"),
    [
        ("probability", lambda d: 1 / len(d), Status.PASS),
        ("probability", lambda d: 9.0 - len(d), Status.FAIL),
        ("probability", lambda d: float("nan"), Status.NOT_VERIFIED),
        ("log-odds", lambda d: 9.0 - len(d), Status.PASS),
        ("log-odds", lambda d: 1 / len(d), Status.FAIL),
    ],
)
def test_scores_are_held_to_the_declared_scale(
    scale: str, score: Any, status: Status, context_for: Callable[..., Context], run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(declared(scale, score), reference=None))
    assert outcome.status is status


def test_raw_logits_are_named_as_the_cause(context_for: Callable[..., Context], run_check: Run) -> None:
    target = declared("probability", lambda d: 9.0 - len(d))
    (outcome,) = run_check(CHECK, context_for(target, reference=None))
    assert "raw logits" in outcome.remedy
