"""Who applies the prompt is told in every precision."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.function import FunctionTarget

RunCheck = Callable[[str, Context], list[Outcome]]


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_a_target_that_applies_it_once_passes(
    dtype: str, run_check: RunCheck, context_for: Callable[..., Context]
) -> None:
    target = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype=dtype)
    context = context_for(target, profile=profile("smoke"))
    assert [outcome.status for outcome in run_check("prompt.applied-by", context)] == [Status.PASS]


def test_a_target_that_scores_prompts_as_it_does_plain_pairs_fails(
    run_check: RunCheck, context_for: Callable[..., Context], reranker: Reranker
) -> None:
    def score(query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Takes any prompt off before it applies its own."""
        texts = [text.partition("<Document>: ")[2].partition("<|im_end|>")[0] or text for text in documents]
        return reranker.rerank(query.partition("<Query>: ")[2].partition("\n")[0] or query, texts, None)

    context = context_for(FunctionTarget(score, "python:test:score"))
    (outcome,) = run_check("prompt.applied-by", context)
    assert (outcome.status, "alike" in outcome.message) == (Status.FAIL, True)
