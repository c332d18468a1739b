"""Faults of the stage `encode`."""

from __future__ import annotations

from dataclasses import replace

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.assemble import Prompt
from harness.reference.encode import Encoder, Encoding
from harness.reference.pipeline import Reranker, Stages


@fault(Stage.ENCODE, "suffix-truncated")
def suffix_truncated(reranker: Reranker) -> Stages:
    """Truncation on the right after templating cuts the suffix, where the answer is read."""
    encoder = reranker.parts.encoder

    def encode(prompt: Prompt) -> Encoding:
        ids = (*encoder.ids(prompt.prefix), *encoder.ids(prompt.body), *encoder.ids(prompt.suffix))
        return Encoding(ids[: encoder.max_length], truncated=max(0, len(ids) - encoder.max_length))

    return replace(reranker.stages, encode=encode)


@fault(Stage.ENCODE, "control-tokens-as-text")
def control_tokens_as_text(reranker: Reranker) -> Stages:
    """Control tokens in query and document are encoded as plain text, which the official recipe does not do."""
    encoder = reranker.parts.encoder
    return replace(reranker.stages, encode=Encoder(encoder.tokenizer, encoder.max_length, "neutralise"))


@fault(Stage.ENCODE, "bos-added")
def bos_added(reranker: Reranker) -> Stages:
    """A beginning-of-text token is put before the prompt."""
    healthy, encoder = reranker.stages.encode, reranker.parts.encoder
    bos = encoder.ids("<|endoftext|>")[0]

    def encode(prompt: Prompt) -> Encoding:
        encoding = healthy(prompt)
        return replace(encoding, ids=(bos, *encoding.ids))

    return replace(reranker.stages, encode=encode)


@fault(Stage.ENCODE, "whitespace-stripped")
def whitespace_stripped(reranker: Reranker) -> Stages:
    """The prompt is stripped before it is encoded, and loses the newlines it ends with."""
    healthy = reranker.stages.encode
    return replace(reranker.stages, encode=lambda prompt: healthy(replace(prompt, suffix=prompt.suffix.rstrip())))
