"""Faults of the stage `activate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from harness.core.scores import Scores, to_probability
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.pipeline import Reranker, Stages


def _after(reranker: Reranker, change: Callable[[Scores], Scores]) -> Stages:
    healthy = reranker.stages.activate
    return replace(reranker.stages, activate=lambda logits: change(healthy(logits)))


@fault(Stage.ACTIVATE, "double-sigmoid")
def double_sigmoid(reranker: Reranker) -> Stages:
    """A probability is put through the sigmoid once more: everything lies in [0.5, 0.7311]."""
    return _after(reranker, to_probability)


@fault(Stage.ACTIVATE, "softmax-over-one-label")
def softmax_over_one_label(reranker: Reranker) -> Stages:
    """The softmax of a single value is always 1."""
    return _after(reranker, np.ones_like)


@fault(Stage.ACTIVATE, "softmax-over-one-label-then-sigmoid")
def softmax_over_one_label_then_sigmoid(reranker: Reranker) -> Stages:
    """The softmax of a single value, put through the sigmoid: 0.7310586 for everything."""
    return _after(reranker, lambda scores: to_probability(np.ones_like(scores)))


@fault(Stage.ACTIVATE, "error-swallowed-into-half")
def error_swallowed(reranker: Reranker) -> Stages:
    """An exception is caught and answered with 0.5."""
    return _after(reranker, lambda scores: np.full_like(scores, 0.5))


@fault(Stage.ACTIVATE, "raw-logit-sent")
def raw_logit_sent(reranker: Reranker) -> Stages:
    """The log-odds are sent where a probability is declared."""
    return replace(reranker.stages, activate=reranker.parts.activation.log_odds)


@fault(Stage.ACTIVATE, "softmax-over-batch")
def softmax_over_batch(reranker: Reranker) -> Stages:
    """The softmax runs over the documents of a request instead of over the answers."""

    def over_request(logits):  # type: ignore[no-untyped-def]
        odds = reranker.parts.activation.log_odds(logits)
        weights = np.exp(odds - odds.max())
        return weights / weights.sum()

    return replace(reranker.stages, activate=over_request)


@fault(Stage.ACTIVATE, "saturated-in-half-precision")
def saturated(reranker: Reranker) -> Stages:
    """The sigmoid is rounded to bfloat16, so that the best documents are tied at 1."""
    import torch

    return _after(reranker, lambda scores: torch.from_numpy(scores).to(torch.bfloat16).double().numpy())
