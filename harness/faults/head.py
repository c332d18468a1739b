"""Faults of the stage `head`."""

from __future__ import annotations

from dataclasses import replace

import torch

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.head import AnswerHead
from harness.reference.pipeline import Reranker, Stages


def _answer_ids(reranker: Reranker, *answers: str) -> tuple[int, ...]:
    return tuple(reranker.parts.encoder.ids(answer)[0] for answer in answers)


@fault(Stage.HEAD, "capitalised-answers")
def capitalised_answers(reranker: Reranker) -> Stages:
    """The rows of `Yes` and `No` are read instead of `yes` and `no`."""
    return replace(
        reranker.stages, head=AnswerHead.of_causal(reranker.parts.module, _answer_ids(reranker, "Yes", "No"))
    )


@fault(Stage.HEAD, "answers-swapped")
def answers_swapped(reranker: Reranker) -> Stages:
    """The rows of the two answers (or labels) change places: the ranking is upside down."""
    healthy = reranker.stages.head
    return replace(reranker.stages, head=lambda states: _reversed(healthy(states)))


@fault(Stage.HEAD, "head-zero")
def head_zero(reranker: Reranker) -> Stages:
    """The head was never loaded and is all zero: every logit is 0."""
    healthy = reranker.stages.head
    return replace(reranker.stages, head=lambda states: torch.zeros_like(healthy(states)))


@fault(Stage.HEAD, "head-random")
def head_random(reranker: Reranker) -> Stages:
    """The head was initialised at random instead of being loaded."""
    healthy = reranker.stages.head

    def head(states: torch.Tensor) -> torch.Tensor:
        shape = (states.shape[-1], healthy(states).shape[-1])
        weight = torch.randn(shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
        logits: torch.Tensor = states.double() @ weight.to(states.device) / states.shape[-1] ** 0.5
        return logits

    return replace(reranker.stages, head=head)


def _reversed(logits: torch.Tensor) -> torch.Tensor:
    return logits.flip(-1) if logits.shape[-1] > 1 else -logits
