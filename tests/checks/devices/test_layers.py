"""The check names the module of the target's own model, and says nothing of what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import torch

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.attention import kernel_of
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker

Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def found(run_check: Run, context: Context) -> Outcome:
    (outcome,) = run_check("devices.layers", context)
    return outcome


@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16"])
def test_a_healthy_model_passes_in_every_dtype(
    dtype: str, context_for: Build, reranker: Reranker, run_check: Run
) -> None:
    target = load_reranker(reranker.parts.checkpoint, Device("cpu"), dtype=dtype)
    outcome = found(run_check, context_for(target))
    assert (outcome.status, outcome.unit) == (Status.PASS, "eps")


def test_in_float32_the_kernels_of_attention_are_compared(
    context_for: Build, reranker: Reranker, run_check: Run
) -> None:
    outcome = found(run_check, context_for(reranker))
    assert "cpu/float32/sdpa beside cpu/float64/eager" in outcome.evidence
    assert kernel_of(reranker.parts.module) == "sdpa"


def test_the_value_is_beyond_its_limit_where_a_module_diverges(
    context_for: Build, reranker: Reranker, run_check: Run
) -> None:
    module: Any = deepcopy(reranker.parts.module)
    module.model.layers[2].self_attn.register_forward_hook(lambda part, given, output: (output[0] * torch.nan, None))
    outcome = found(run_check, context_for(replace(reranker, parts=replace(reranker.parts, module=module))))
    assert (outcome.status, outcome.value) == (Status.FAIL, torch.inf)
    assert outcome.message.startswith("model.layers.2.self_attn is the first of ")


@pytest.mark.parametrize("fault", ["nan-state", "rope-base-wrong", "template-absent", "answers-swapped"])
def test_faults_around_the_model_are_for_other_checks(
    fault: str, context_for: Build, reranker: Reranker, run_check: Run
) -> None:
    assert found(run_check, context_for(plant(reranker, fault))).status is Status.PASS
