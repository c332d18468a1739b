"""Weights of eight bits: what a model becomes when its matrices are kept as integers."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import Linear, Module

from harness.reference.pipeline import Reranker
from harness.reference.shared_prefix import SharedPrefix

BITS = 8


def quantised(reranker: Reranker) -> Reranker:
    """The same reranker with a copy of its model, in the same precision, whose linear layers below the head have the
    weights of eight-bit integers; activations, embeddings and the answer rows stay as they are, as in weight-only W8.

    ValueError where the stage `forward` was exchanged: then there is no telling which model computes.
    """
    forward: Any = reranker.stages.forward
    if getattr(forward, "model", None) is not reranker.parts.module:
        raise ValueError("only a reranker with its own forward pass can be quantised")
    model = deepcopy(reranker.parts.module)
    with torch.no_grad():
        for layer in linear_layers(model).values():
            layer.weight.copy_(rounded_to_integers(layer.weight, BITS))
    stages = replace(reranker.stages, forward=replace(forward, model=model))
    shared = None if reranker.shared is None else SharedPrefix.of(stages.batch, stages.forward)
    return replace(reranker, stages=stages, parts=replace(reranker.parts, module=model), shared=shared)


def linear_layers(model: Module) -> dict[str, Linear]:
    """The linear layers of a transformers model without those of its head, by name."""
    backbone: Any = getattr(model, "base_model", model)
    return {name: layer for name, layer in backbone.named_modules() if isinstance(layer, Linear)}


def rounded_to_integers(weight: Tensor, bits: int) -> Tensor:
    """`weight` as integers of so many bits times one step for each row (the last axis), widened again: absmax and
    symmetric, step = max|w| / (2^(bits − 1) − 1) (Dettmers et al., LLM.int8(), NeurIPS 2022, section 2.1).
    """
    largest = 2 ** (bits - 1) - 1
    exact = weight.to(torch.promote_types(weight.dtype, torch.float32))
    step: Tensor = (exact.abs().amax(-1, keepdim=True) / largest).clamp(min=torch.finfo(exact.dtype).tiny)
    return ((exact / step).round().clamp(-largest, largest) * step).to(weight.dtype)
