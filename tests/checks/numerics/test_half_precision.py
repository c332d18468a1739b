"""A target that is honestly in half precision is not flagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.pipeline import Reranker
from harness.targets.reference import ReferenceTarget

Run = Callable[[str, Context], list[Outcome]]
CHECKS = ("order", "probability-shift", "score-bits", "top-k", "values")


@pytest.mark.parametrize("check", CHECKS)
def test_half_precision_is_not_flagged(check: str, honest: Context, run_check: Run) -> None:
    outcomes = run_check(f"numerics.{check}", honest)
    assert [o.message for o in outcomes if o.status not in (Status.PASS, Status.NOT_VERIFIED)] == []


def test_half_precision_is_not_shown_to_be_equivalent_to_the_definition(honest: Context, run_check: Run) -> None:
    _, outcome = run_check("numerics.equivalent", honest)
    assert outcome.status is Status.WARN


def test_a_head_in_the_dtype_that_is_declared_is_not_flagged(honest: Context, run_check: Run) -> None:
    half = honest.target.reranker
    assert half is not None
    rounding = replace(honest, target=ReferenceTarget(_rounding(half)), _asked={})
    bits, *_ = run_check("numerics.score-bits", rounding)
    assert (bits.status, "rounded to" in bits.message) == (Status.PASS, True)


def _rounding(half: Reranker) -> Reranker:
    """Its logits are those of a head in its own dtype, as the official recipe has them."""
    dtype, head = half.parts.precision.dtype, half.stages.head

    def rounded(states: torch.Tensor) -> torch.Tensor:
        return head(states).to(dtype).float()

    return replace(half, stages=replace(half.stages, head=rounded))
