"""Operations that fall back in silence."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.batch import Batch
from harness.reference.devices import Device
from harness.reference.forward import Backbone
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker

CHECK = "devices.every-operation"
Run = Callable[[str, Context], list[Outcome]]
Build = Callable[..., Context]


def with_forward(reranker: Reranker, forward: Callable[[Batch], torch.Tensor]) -> Reranker:
    return replace(reranker, stages=replace(reranker.stages, forward=forward))


def by_subject(outcomes: list[Outcome]) -> dict[str, Outcome]:
    return {outcome.subject: outcome for outcome in outcomes}


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
@pytest.mark.parametrize("model", ["tiny-causal", "tiny-seq-cls-2"])
def test_no_operation_of_a_healthy_pipeline_is_flagged(
    model: str, dtype: str, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(load_reranker(resolve_model(model), Device("cpu"), dtype=dtype)))
    assert [o.status for o in outcomes] == [Status.PASS] * 3


def test_an_operation_on_another_device_is_named(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    def forward(batch: Batch) -> torch.Tensor:
        torch.ones(3, 3, device="meta") @ torch.ones(3, 3, device="meta")
        return reranker.stages.forward(batch)

    found = by_subject(run_check(CHECK, context_for(with_forward(reranker, forward))))
    assert found["device"].status is Status.FAIL
    assert "aten.matmul" in found["device"].message or "aten.mm" in found["device"].message
    assert "on meta" in found["device"].evidence
    assert found["precision"].status is Status.PASS


@pytest.mark.parametrize("lower", [torch.float16, torch.bfloat16, torch.float8_e4m3fn])
def test_an_operation_in_a_lower_precision_is_named(
    lower: torch.dtype, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    def forward(batch: Batch) -> torch.Tensor:
        states = reranker.stages.forward(batch)
        return states.to(lower).to(states.dtype)

    found = by_subject(run_check(CHECK, context_for(with_forward(reranker, forward))))
    assert found["precision"].status is Status.FAIL
    assert "in a lower precision than torch.float32" in found["precision"].message
    assert str(lower) in found["precision"].evidence


def test_the_other_half_precision_is_a_lower_one(context_for: Build, run_check: Run) -> None:
    half = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype="bfloat16")
    other = with_forward(half, lambda batch: half.stages.forward(batch).to(torch.float16).to(torch.bfloat16))
    assert by_subject(run_check(CHECK, context_for(other)))["precision"].status is Status.FAIL


def test_autocast_is_no_fallback_where_it_was_asked_for(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    asked = replace(reranker.parts.precision, autocast=torch.bfloat16)
    model: Any = reranker.parts.module
    cast = with_forward(reranker, Backbone(model, asked))
    silent = by_subject(run_check(CHECK, context_for(cast)))
    wanted = by_subject(run_check(CHECK, context_for(replace(cast, parts=replace(cast.parts, precision=asked)))))
    assert (silent["precision"].status, wanted["precision"].status) == (Status.FAIL, Status.PASS)
    assert "aten" in silent["precision"].message


def test_a_warning_of_falling_back_is_told(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    said = "The operator 'aten::x' is not currently supported on the MPS backend and will fall back to run on the CPU."

    def forward(batch: Batch) -> torch.Tensor:
        warnings.warn(said, stacklevel=1)
        return reranker.stages.forward(batch)

    found = by_subject(run_check(CHECK, context_for(with_forward(reranker, forward))))
    assert (found["warnings"].status, said in found["warnings"].message) == (Status.FAIL, True)
    assert not torch.is_warn_always_enabled()


@pytest.mark.parametrize(("value", "remarks"), [("1", 1), ("0", 0)])
def test_the_permission_to_fall_back_is_a_remark_on_mps(
    value: str, remarks: int, reranker: Reranker, context_for: Build, run_check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTORCH_ENABLE_MPS_FALLBACK", value)
    on_mps = run_check(CHECK, context_for(reranker, device=Device("mps")))
    assert [o.status for o in on_mps].count(Status.WARN) == remarks
    assert Status.WARN not in {o.status for o in run_check(CHECK, context_for(plant(reranker)))}
