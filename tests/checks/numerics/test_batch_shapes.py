"""Shapes of batches at which a score moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
import torch

from harness.checks.context import Context
from harness.checks.numerics.batch_shapes import GRAINS, ROWS
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.batch import Batch
from harness.reference.encode import Encoding
from harness.reference.pipeline import Reranker

CHECK = "numerics.batch-shapes"
Run = Callable[[str, Context], list[Outcome]]


def wrong_where(shape: Callable[[int, int], bool], reranker: Reranker) -> Reranker:
    """States are halved in batches of such rows and widths."""
    healthy = reranker.stages.forward

    def forward(batch: Batch) -> torch.Tensor:
        return healthy(batch) * (0.5 if shape(*batch.ids.shape) else 1.0)

    return replace(reranker, stages=replace(reranker.stages, forward=forward))


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        (lambda rows, width: rows == 17, "17 rows of"),
        (lambda rows, width: rows == 4 and width % 64 == 1, "4 rows of 129 tokens"),
    ],
)
def test_the_shape_that_moves_most_is_named(
    shape: Callable[[int, int], bool],
    named: str,
    reranker: Reranker,
    context_for: Callable[..., Context],
    run_check: Run,
) -> None:
    (outcome,) = run_check(CHECK, context_for(wrong_where(shape, reranker)))
    assert (outcome.status, named in outcome.message) == (Status.FAIL, True)


def test_rows_and_widths_cross_the_sizes_of_kernels(
    reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    seen: list[tuple[int, int]] = []
    healthy = reranker.stages.batch

    def batch(encodings: Sequence[Encoding]) -> Batch:
        made = healthy(encodings)
        seen.append((made.ids.shape[0], made.ids.shape[1]))
        return made

    watched = replace(reranker, stages=replace(reranker.stages, batch=batch))
    (outcome,) = run_check(CHECK, context_for(watched))
    assert outcome.status is Status.PASS
    assert {rows for rows, _ in seen} == set(ROWS)
    for grain in GRAINS:
        assert {(width + 1) % grain for _, width in seen} >= {0, 1, 2}


def test_half_precision_is_not_flagged(honest: Context, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, honest)
    assert outcome.status is Status.PASS


def test_no_batch_is_longer_than_the_context(
    reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    checkpoint = reranker.parts.checkpoint
    short = replace(checkpoint, config={**checkpoint.config, "max_position_embeddings": 120})
    limited = replace(reranker, parts=replace(reranker.parts, checkpoint=short))
    (outcome,) = run_check(CHECK, context_for(limited))
    assert "rows, 95 to 103 tokens" in outcome.evidence
