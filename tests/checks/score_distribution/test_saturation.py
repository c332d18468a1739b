from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.saturation"
Run = Callable[[str, Context], list[Outcome]]


def rounded(change: Callable[[float], float]) -> FunctionTarget:
    def function(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [change(score) for score in RandomControl().score(query, documents, instruction)]

    return FunctionTarget(function, "python:test:rounded")


def to_bfloat16(score: float) -> float:
    return torch.tensor(score).to(torch.bfloat16).item()


@pytest.mark.parametrize(
    ("change", "bits"),
    [
        (to_bfloat16, 8),
        (lambda score: float(np.float16(score)), 11),
        # the shortest decimals of a float32, as a JSON writer makes them, are no longer on the grid as float64
        (lambda score: float(str(np.float32(to_bfloat16(score)))), 8),
    ],
)
def test_scores_on_a_half_precision_grid_are_found(
    change: Any, bits: int, context_for: Callable[..., Context], run_check: Run
) -> None:
    _, grid = run_check(CHECK, context_for(rounded(change), reference=None))
    assert (grid.status, grid.value) == (Status.FAIL, bits)


def test_float32_scores_pass(context_for: Callable[..., Context], run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(rounded(lambda score: float(np.float32(score))), reference=None))
    assert [o.status for o in outcomes] == [Status.PASS, Status.PASS]


def test_documents_tied_at_the_end_of_the_scale_are_counted(
    context_for: Callable[..., Context], run_check: Run
) -> None:
    ends, _ = run_check(CHECK, context_for(rounded(lambda score: 1.0 if score > 0.5 else score), reference=None))
    assert ends.status is Status.FAIL
    assert "several documents at exactly 0 or 1" in ends.message
