from collections.abc import Callable
from dataclasses import replace

import torch

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.batch import Batch
from harness.reference.pipeline import Reranker

CHECK = "invariants.padding-side"
SMALL = replace(profile("smoke"), probes=12, repeats=2)
Run = Callable[[str, Context], list[Outcome]]


def reading_the_last_column(reranker: Reranker) -> Reranker:
    """Right for padding on the left only: the answer is read at a fixed column."""
    healthy = reranker.stages.forward

    def forward(batch: Batch) -> torch.Tensor:
        return healthy(replace(batch, answer=torch.full_like(batch.answer, batch.ids.shape[1] - 1)))

    return replace(reranker, stages=replace(reranker.stages, forward=forward))


def test_the_healthy_pipeline_agrees(reranker: Reranker, context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(reranker, profile=SMALL))
    assert outcome.status is Status.PASS


def test_a_fixed_column_is_right_on_one_side_only(
    reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(reading_the_last_column(reranker), profile=SMALL))
    assert outcome.status is Status.FAIL
    assert "left and right padding differ" in outcome.message


def test_a_batch_stage_without_a_side_is_not_judged(
    reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(plant(reranker, "mask-missing"), profile=SMALL))
    assert outcome.status is Status.NOT_VERIFIED
