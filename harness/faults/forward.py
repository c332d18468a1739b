"""Faults of the stage `forward`."""

from __future__ import annotations

from dataclasses import replace

import torch

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.pipeline import Reranker, Stages


@fault(Stage.FORWARD, "nan-state")
def nan_state(reranker: Reranker) -> Stages:
    """The kernel returns NaN."""
    healthy = reranker.stages.forward
    return replace(reranker.stages, forward=lambda batch: torch.full_like(healthy(batch), torch.nan))


@fault(Stage.FORWARD, "low-precision")
def low_precision(reranker: Reranker) -> Stages:
    """The states are rounded to bfloat16 although a higher precision is declared."""
    healthy = reranker.stages.forward

    def forward(batch):  # type: ignore[no-untyped-def]
        states = healthy(batch)
        return states.to(torch.bfloat16).to(states.dtype)

    return replace(reranker.stages, forward=forward)


@fault(Stage.FORWARD, "first-token-read")
def first_token_read(reranker: Reranker) -> Stages:
    """CLS pooling on a causal model: the first token's state has seen neither query nor document."""
    healthy = reranker.stages.forward

    def forward(batch):  # type: ignore[no-untyped-def]
        return healthy(replace(batch, answer=batch.mask.argmax(-1)))

    return replace(reranker.stages, forward=forward)
