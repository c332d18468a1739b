"""Quantised weights, and what they would do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from harness.checks.context import Context
from harness.checks.numerics.quantised import _requests
from harness.core.findings import Outcome
from harness.core.vocabulary import Severity, Status
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.reference.quantise import quantised
from harness.targets.function import FunctionTarget

CHECK = "numerics.quantised"
Run = Callable[[str, Context], list[Outcome]]
Build = Callable[..., Context]


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_the_weights_of_a_quantised_model_are_told(dtype: str, context_for: Build, run_check: Run) -> None:
    target = quantised(load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype=dtype))
    weights, *_ = run_check(CHECK, context_for(target))
    assert weights.status is Status.FAIL
    assert "21 of 21 weight matrices are made of integers of 8 bits" in weights.message
    assert f"torch.{dtype} is declared" in weights.message


def test_four_bits_in_groups_of_a_row_are_told_too(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    weights, *_ = run_check(CHECK, context_for(plant(reranker, "weights-in-int4")))
    assert (weights.status, "integers of 4 bits" in weights.message) == (Status.FAIL, True)


@pytest.mark.parametrize("fault", ["weights-in-bfloat16", "weights-in-float16", "weights-in-fp8"])
def test_other_formats_are_not_taken_for_integers(
    fault: str, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    weights, *_ = run_check(CHECK, context_for(plant(reranker, fault)))
    assert weights.status is Status.PASS


def test_a_checkpoint_that_was_quantised_before_is_a_remark(
    reranker: Reranker, reference: Reranker, context_for: Build, run_check: Run
) -> None:
    weights, *_ = run_check(CHECK, context_for(quantised(reranker), reference=quantised(reference)))
    assert (weights.status, "in the checkpoint too" in weights.message) == (Status.WARN, True)


def test_what_it_would_do_is_measured_and_judges_nobody(healthy: Context, run_check: Run) -> None:
    weights, movement, order, first = run_check(CHECK, healthy)
    assert {o.status for o in (weights, movement, order, first)} == {Status.PASS}
    assert {o.severity for o in (movement, order, first)} == {Severity.INFO}
    assert (order.value, first.value) == (0.0, 0.0)


def test_the_movement_is_the_largest_of_the_pairs_that_were_scored(
    healthy: Context, reference: Reranker, run_check: Run
) -> None:
    _, movement, *_ = run_check(CHECK, healthy)
    pairs = [pair for request in _requests(healthy) for pair in request]
    moved = np.abs(quantised(reference).log_odds(pairs) - reference.log_odds(pairs))
    assert movement.value == pytest.approx(moved.max(), rel=1e-9)


def test_a_target_elsewhere_is_told_what_it_would_do_to_the_model(
    healthy: Context, context_for: Build, run_check: Run
) -> None:
    def score(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return list(np.linspace(0.1, 0.9, len(documents)))

    outcomes = run_check(CHECK, context_for(FunctionTarget(score, "python:test:score")))
    assert [o.subject for o in outcomes] == ["movement", "order", "first"]
