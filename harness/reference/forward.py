"""Stage `forward`: tensors become the hidden state at the answer position, and never logits of every position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from harness.reference.batch import Batch
from harness.reference.devices import Precision, mixed_precision

if TYPE_CHECKING:
    from transformers import PreTrainedModel


@dataclass(frozen=True)
class Backbone:
    """Runs a decoder without its head; the answer states have shape (B, hidden)."""

    model: PreTrainedModel
    precision: Precision

    def __call__(self, batch: Batch) -> Tensor:
        """Hidden states after the final norm, read where the answer is."""
        decoder: Any = self.model.base_model
        with torch.inference_mode(), mixed_precision(self.precision):
            states: Tensor = decoder(
                input_ids=batch.ids, attention_mask=batch.mask, position_ids=batch.positions, use_cache=False
            ).last_hidden_state
        return states[torch.arange(len(batch.answer), device=states.device), batch.answer]


@dataclass(frozen=True)
class PooledEncoder:
    """Runs an encoder with its own pooler and classifier; the result has shape (B, labels)."""

    model: PreTrainedModel
    precision: Precision

    def __call__(self, batch: Batch) -> Tensor:
        """The model's own logits."""
        inputs = {"input_ids": batch.ids, "attention_mask": batch.mask}
        if batch.segments is not None:
            inputs["token_type_ids"] = batch.segments
        with torch.inference_mode(), mixed_precision(self.precision):
            logits: Tensor = self.model(**inputs).logits
        return logits
