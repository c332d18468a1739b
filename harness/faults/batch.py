"""Faults of the stage `batch`."""

from __future__ import annotations

from dataclasses import replace

import torch

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.batch import Padder, last_token
from harness.reference.pipeline import Reranker, Stages


@fault(Stage.BATCH, "last-column-read")
def last_column_read(reranker: Reranker) -> Stages:
    """Padding on the right, yet the answer is read in the last column: short texts are read at their padding."""
    healthy = reranker.stages.batch
    if isinstance(healthy, Padder):
        healthy = replace(healthy, side="right")

    def batch(encodings):  # type: ignore[no-untyped-def]
        made = healthy(encodings)
        return replace(made, answer=torch.full_like(made.answer, made.ids.shape[1] - 1))

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "mask-missing")
def mask_missing(reranker: Reranker) -> Stages:
    """No attention mask is passed, so that padding is read as text."""
    healthy = reranker.stages.batch

    def batch(encodings):  # type: ignore[no-untyped-def]
        made = healthy(encodings)
        return replace(made, mask=torch.ones_like(made.mask))

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "padded-with-zeros")
def padded_with_zeros(reranker: Reranker) -> Stages:
    """Padding on the right is the id 0, yet the answer is read at the last id that is not the pad token's: in a batch,
    short texts are read at their padding (the Python backend of text-embeddings-inference on decoder classifiers).
    """
    pad_id = reranker.parts.encoder.tokenizer.pad_token_id
    zeros = Padder(0, "right", reranker.parts.device)

    def batch(encodings):  # type: ignore[no-untyped-def]
        made = zeros(encodings)
        answer = last_token((made.ids != pad_id).long())
        return replace(made, positions=made.positions * made.mask, answer=answer)

    return replace(reranker.stages, batch=batch)
