"""Faults of the stage `forward`: what is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from harness.core.vocabulary import Stage
from harness.faults.altered import Change, attribute, outputs, replaced_weights, rotary
from harness.faults.library import fault
from harness.reference.batch import Batch
from harness.reference.forward import Backbone
from harness.reference.pipeline import Reranker
from harness.reference.quantise import rounded_to_integers
from harness.reference.stages import Stages

#: Tokens that attention reaches back with a sliding window.
WINDOW = 64


def _states(reranker: Reranker, change: Callable[[Tensor], Tensor]) -> Stages:
    healthy = reranker.stages.forward
    return replace(reranker.stages, forward=lambda batch: change(healthy(batch)))


def _altered(reranker: Reranker, change: Callable[[Any], Change | None]) -> Stages:
    """The forward pass of the decoder as `change` leaves it, undone after each pass; None where it does not apply."""
    decoder = _decoder(reranker)
    altered = None if decoder is None else change(decoder)
    if altered is None:
        return reranker.stages
    backbone = Backbone(reranker.parts.module, reranker.parts.precision)  # type: ignore[arg-type]

    def forward(batch: Batch) -> Tensor:
        with altered():
            return backbone(batch)

    return replace(reranker.stages, forward=forward)


def _decoder(reranker: Reranker) -> Any:
    """The decoder within the model; None for an encoder, whose layers are called otherwise."""
    decoder = getattr(reranker.parts.module, "base_model", None)
    return decoder if hasattr(decoder, "layers") and hasattr(decoder, "norm") else None


def _attending(reranker: Reranker, sees: Callable[[Tensor, Tensor], Tensor]) -> Stages:
    """Attention between the columns for which `sees(query column, key column)` is true, and never to padding."""
    if _decoder(reranker) is None:
        return reranker.stages
    healthy = reranker.stages.forward

    def forward(batch: Batch) -> Tensor:
        columns = torch.arange(batch.mask.shape[1], device=batch.mask.device)
        seen = sees(columns[:, None], columns[None, :]) & (batch.mask[:, None, :] == 1)
        dtype = reranker.parts.precision.dtype
        added = torch.zeros(seen.shape, dtype=dtype, device=seen.device).masked_fill(~seen, torch.finfo(dtype).min)
        return healthy(replace(batch, mask=added[:, None]))

    return replace(reranker.stages, forward=forward)


@fault(Stage.FORWARD, "nan-state")
def nan_state(reranker: Reranker) -> Stages:
    """The kernel returns NaN."""
    return _states(reranker, lambda states: torch.full_like(states, torch.nan))


@fault(Stage.FORWARD, "low-precision")
def low_precision(reranker: Reranker) -> Stages:
    """The states are rounded to bfloat16 although a higher precision is declared."""
    return _states(reranker, lambda states: states.to(torch.bfloat16).to(states.dtype))


def _rounded_to(dtype: torch.dtype) -> Callable[[Tensor], Tensor]:
    return lambda weight: weight.to(dtype).to(weight.dtype)


@fault(Stage.FORWARD, "weights-in-bfloat16")
def weights_in_bfloat16(reranker: Reranker) -> Stages:
    """The weights are rounded to bfloat16 although a higher precision is declared."""
    return _altered(reranker, replaced_weights(_rounded_to(torch.bfloat16)))


@fault(Stage.FORWARD, "weights-in-float16")
def weights_in_float16(reranker: Reranker) -> Stages:
    """The weights are rounded to float16 although a higher precision is declared."""
    return _altered(reranker, replaced_weights(_rounded_to(torch.float16)))


@fault(Stage.FORWARD, "weights-in-fp8")
def weights_in_fp8(reranker: Reranker) -> Stages:
    """The weights are kept in eight bits of floating point (e4m3), with one scale a matrix."""

    def rounded(weight: Tensor) -> Tensor:
        scale = weight.abs().amax() / torch.finfo(torch.float8_e4m3fn).max
        return (weight / scale).to(torch.float8_e4m3fn).to(weight.dtype) * scale

    return _altered(reranker, replaced_weights(rounded))


@fault(Stage.FORWARD, "weights-in-int8")
def weights_in_int8(reranker: Reranker) -> Stages:
    """The weights are kept as integers of eight bits, with one scale a row."""
    return _altered(reranker, replaced_weights(lambda weight: rounded_to_integers(weight, 8)))


@fault(Stage.FORWARD, "weights-in-int4")
def weights_in_int4(reranker: Reranker) -> Stages:
    """The weights are kept as integers of four bits, with one scale for each 32 of a row."""

    def grouped(weight: Tensor) -> Tensor:
        if weight.shape[-1] % 32:
            return rounded_to_integers(weight, 4)
        return rounded_to_integers(weight.reshape(*weight.shape[:-1], -1, 32), 4).flatten(-2)

    return _altered(reranker, replaced_weights(grouped))


@fault(Stage.FORWARD, "rope-base-wrong")
def rope_base_wrong(reranker: Reranker) -> Stages:
    """Rotary positions turn with the base 10 000 instead of the checkpoint's."""
    return _altered(reranker, rotary(lambda turns: 10_000.0 ** -(torch.arange(len(turns)) / len(turns))))


@fault(Stage.FORWARD, "rope-scaled")
def rope_scaled(reranker: Reranker) -> Stages:
    """Positions are divided by four, a scaling for long texts that the checkpoint does not ask for."""
    return _altered(reranker, rotary(lambda turns: turns / 4))


@fault(Stage.FORWARD, "causal-mask-missing")
def causal_mask_missing(reranker: Reranker) -> Stages:
    """Every token attends to every other, also to those behind it."""
    return _attending(reranker, lambda query, key: (query >= 0) & (key >= 0))


@fault(Stage.FORWARD, "sliding-window-on")
def sliding_window_on(reranker: Reranker) -> Stages:
    """Attention reaches back 64 tokens only, although the checkpoint has no sliding window."""
    return _attending(reranker, lambda query, key: (key <= query) & (key > query - WINDOW))


@fault(Stage.FORWARD, "attention-scale-missing")
def attention_scale_missing(reranker: Reranker) -> Stages:
    """Attention scores are not divided by the square root of a head's size."""
    return _altered(reranker, lambda decoder: attribute([layer.self_attn for layer in decoder.layers], "scaling", 1.0))


@fault(Stage.FORWARD, "query-key-norm-missing")
def query_key_norm_missing(reranker: Reranker) -> Stages:
    """The norms of queries and keys are left out, as where Qwen3 is loaded as Qwen2."""

    def norms(decoder: Any) -> Change | None:
        attention = [layer.self_attn for layer in decoder.layers]
        found = [getattr(a, name) for a in attention for name in ("q_norm", "k_norm") if hasattr(a, name)]
        return outputs(found, lambda given, made: given) if found else None

    return _altered(reranker, norms)


@fault(Stage.FORWARD, "key-value-heads-misordered")
def key_value_heads_misordered(reranker: Reranker) -> Stages:
    """Grouped key and value heads are assigned to the query heads in the wrong order."""

    def projections(decoder: Any) -> Change | None:
        attention = [layer.self_attn for layer in decoder.layers]
        found = [getattr(a, name) for a in attention for name in ("k_proj", "v_proj") if hasattr(a, name)]
        size = getattr(attention[0], "head_dim", None)
        if not found or size is None or found[0].out_features == size:
            return None
        return outputs(found, lambda given, made: made.reshape(*made.shape[:-1], -1, size).flip(-2).flatten(-2))

    return _altered(reranker, projections)


@fault(Stage.FORWARD, "layer-missing")
def layer_missing(reranker: Reranker) -> Stages:
    """The last layer is left out."""
    return _altered(reranker, lambda decoder: outputs([decoder.layers[-1]], lambda given, made: given))


@fault(Stage.FORWARD, "final-norm-missing")
def final_norm_missing(reranker: Reranker) -> Stages:
    """The norm behind the last layer is left out."""
    return _altered(reranker, lambda decoder: outputs([decoder.norm], lambda given, made: given))


@fault(Stage.FORWARD, "embeddings-scaled")
def embeddings_scaled(reranker: Reranker) -> Stages:
    """Embeddings are multiplied by the square root of the hidden size, as Gemma's are."""

    def scaled(decoder: Any) -> Change:
        embeddings = decoder.get_input_embeddings()
        return outputs([embeddings], lambda given, made: made * embeddings.embedding_dim**0.5)

    return _altered(reranker, scaled)


@fault(Stage.FORWARD, "gelu-instead-of-silu")
def gelu_instead_of_silu(reranker: Reranker) -> Stages:
    """The feed-forward layers use another activation than the checkpoint names."""
    return _altered(
        reranker, lambda decoder: attribute([layer.mlp for layer in decoder.layers], "act_fn", torch.nn.GELU())
    )


@fault(Stage.FORWARD, "first-token-read")
def first_token_read(reranker: Reranker) -> Stages:
    """CLS pooling on a causal model: the first token's state has seen neither query nor document."""
    healthy = reranker.stages.forward
    return replace(
        reranker.stages, forward=lambda batch: healthy(replace(batch, answer=(batch.mask == 1).long().argmax(-1)))
    )


@fault(Stage.FORWARD, "mean-pooled")
def mean_pooled(reranker: Reranker) -> Stages:
    """The mean of all states is read instead of the last one."""
    decoder = _decoder(reranker)
    if decoder is None:
        return reranker.stages

    def forward(batch: Batch) -> Tensor:
        with torch.inference_mode():
            states: Tensor = decoder(
                input_ids=batch.ids, attention_mask=batch.mask, position_ids=batch.positions, use_cache=False
            ).last_hidden_state
        weights = batch.mask.unsqueeze(-1).to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1)

    return replace(reranker.stages, forward=forward)
