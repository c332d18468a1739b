"""Stage `head`: the hidden state at the answer position becomes answer logits, from the answer rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

#: The head computes in at least this dtype: 1/16 of a logit is lost by rounding two bfloat16 logits near 18.
LEAST_PRECISE = torch.float32


@dataclass(frozen=True)
class AnswerHead:
    """Rows of an output projection: `weight` (k, hidden), `bias` (k,) or None, in the order of the answers."""

    weight: Tensor
    bias: Tensor | None = None
    softcap: float | None = None

    @classmethod
    def of_causal(cls, model: Any, answer_ids: tuple[int, ...]) -> AnswerHead:
        """The answer rows of the model's own output head (never of its embeddings, which may be untied)."""
        head = model.get_output_embeddings()
        rows = list(answer_ids)
        bias = getattr(head, "bias", None)
        softcap = getattr(model.config, "final_logit_softcapping", None)
        return cls(head.weight.detach()[rows], None if bias is None else bias.detach()[rows], softcap)

    @classmethod
    def of_classifier(cls, model: Any) -> AnswerHead:
        """All rows of a decoder classifier's `score` layer."""
        return cls(model.score.weight.detach(), getattr(model.score, "bias", None))

    def __call__(self, states: Tensor) -> Tensor:
        """Logits of shape (B, k) in float32, or in float64 where the states are."""
        dtype = torch.promote_types(states.dtype, LEAST_PRECISE)
        with torch.inference_mode():
            bias = None if self.bias is None else self.bias.to(dtype)
            logits = torch.nn.functional.linear(states.to(dtype), self.weight.to(dtype), bias)
            return logits if not self.softcap else self.softcap * torch.tanh(logits / self.softcap)


def as_they_are(logits: Tensor) -> Tensor:
    """The head of a model whose forward pass already ends in its own classifier."""
    return logits.to(torch.promote_types(logits.dtype, LEAST_PRECISE))
