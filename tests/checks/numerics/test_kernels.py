"""Kernels of attention, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.attention import FLASH, kernel_of, missing_kernel
from harness.reference.batch import Batch
from harness.reference.pipeline import Reranker

CHECK = "numerics.kernels"
Run = Callable[[str, Context], list[Outcome]]


def wrong_by(kernel: str, reranker: Reranker) -> Reranker:
    healthy, module = reranker.stages.forward, reranker.parts.module

    def forward(batch: Batch) -> torch.Tensor:
        return healthy(batch) * (0.5 if kernel_of(module) == kernel else 1.0)

    return replace(reranker, stages=replace(reranker.stages, forward=forward))


@pytest.mark.parametrize("kernel", ["sdpa", "eager"])
def test_the_kernel_that_computes_otherwise_is_the_one_that_fails(
    kernel: str, reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(wrong_by(kernel, reranker)))
    assert [o.subject for o in outcomes if o.status is Status.FAIL] == [kernel]


def test_a_kernel_that_is_not_to_be_had_is_not_applicable_and_says_why(healthy: Context, run_check: Run) -> None:
    flash = run_check(CHECK, healthy)[-1]
    assert (flash.status, flash.subject) == (Status.NOT_VERIFIED, FLASH)
    assert "half precision on CUDA, not in torch.float32 on cpu" in flash.message


def test_the_kernel_is_afterwards_what_it_was(healthy: Context, reranker: Reranker, run_check: Run) -> None:
    run_check(CHECK, healthy)
    assert kernel_of(reranker.parts.module) == "sdpa"


def test_half_precision_is_not_flagged(honest: Context, run_check: Run) -> None:
    assert Status.FAIL not in {o.status for o in run_check(CHECK, honest)}


def test_eager_attention_in_float64_is_left_out(
    reference: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    sdpa, eager, _ = run_check(CHECK, context_for(reference))
    assert (sdpa.status, eager.status) == (Status.PASS, Status.NOT_VERIFIED)
    assert "NaN" in eager.message


def test_a_kernel_that_nobody_knows_is_missing(reranker: Reranker) -> None:
    assert "is not supported" in str(missing_kernel(reranker, "no-such-kernel"))
    assert missing_kernel(reranker, "sdpa") is None
