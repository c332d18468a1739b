"""Faults of the stage `head`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.checkpoint import Form
from harness.reference.encode import Encoding
from harness.reference.head import AnswerHead
from harness.reference.pipeline import Reranker
from harness.reference.reply import Response
from harness.reference.stages import Answering, RerankRequest, Stages


def _logits(reranker: Reranker, change: Callable[[Tensor], Tensor]) -> Stages:
    healthy = reranker.stages.head
    return replace(reranker.stages, head=lambda states: change(healthy(states)))


def _rows_of(reranker: Reranker, positive: str, negative: str) -> Stages:
    """The rows of other answers; of one that is no single token, the first, as where nobody counts them."""
    if reranker.parts.checkpoint.form is not Form.CAUSAL:
        return reranker.stages
    ids = tuple(reranker.parts.encoder.ids(answer)[0] for answer in (positive, negative))
    return replace(reranker.stages, head=AnswerHead.of_causal(reranker.parts.module, ids))


@fault(Stage.HEAD, "capitalised-answers")
def capitalised_answers(reranker: Reranker) -> Stages:
    """The rows of `Yes` and `No` are read instead of `yes` and `no`."""
    return _rows_of(reranker, "Yes", "No")


@fault(Stage.HEAD, "word-fragment-answers")
def word_fragment_answers(reranker: Reranker) -> Stages:
    """The rows of `Yes` and of the fragment `irtual` are read: hard-coded ids, 9454 and 2901 in Qwen's vocabulary."""
    return _rows_of(reranker, "Yes", "irtual")


@fault(Stage.HEAD, "spaced-answers")
def spaced_answers(reranker: Reranker) -> Stages:
    """The rows of ` yes` and ` no`, with a blank in front, are read."""
    return _rows_of(reranker, " yes", " no")


@fault(Stage.HEAD, "upper-case-answers")
def upper_case_answers(reranker: Reranker) -> Stages:
    """The rows of `YES` and `NO` are read."""
    return _rows_of(reranker, "YES", "NO")


@fault(Stage.HEAD, "true-false-answers")
def true_false_answers(reranker: Reranker) -> Stages:
    """The rows of `true` and `false` are read."""
    return _rows_of(reranker, "true", "false")


@fault(Stage.HEAD, "digit-answers")
def digit_answers(reranker: Reranker) -> Stages:
    """The rows of `1` and `0` are read, as another family's answers are."""
    return _rows_of(reranker, "1", "0")


@fault(Stage.HEAD, "answers-swapped")
def answers_swapped(reranker: Reranker) -> Stages:
    """The rows of the two answers (or labels) change places: they were sorted by id, taken from a set, or named in the
    wrong order. The ranking is upside down.
    """
    return _logits(reranker, lambda logits: logits.flip(-1) if logits.shape[-1] > 1 else -logits)


@fault(Stage.HEAD, "positive-row-zero")
def positive_row_zero(reranker: Reranker) -> Stages:
    """The row of the positive answer was not loaded and is zero."""
    positive = reranker.parts.activation.positive

    def without(logits: Tensor) -> Tensor:
        kept = logits.clone()
        kept[:, positive] = 0
        return kept

    return _logits(reranker, without)


@fault(Stage.HEAD, "head-zero")
def head_zero(reranker: Reranker) -> Stages:
    """The head was never loaded and is all zero: every logit is 0."""
    return _logits(reranker, torch.zeros_like)


@fault(Stage.HEAD, "head-random")
def head_random(reranker: Reranker) -> Stages:
    """The head was initialised at random instead of being loaded."""
    healthy = reranker.stages.head

    def head(states: Tensor) -> Tensor:
        shape = (states.shape[-1], healthy(states).shape[-1])
        weight = torch.randn(shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
        logits: Tensor = states.double() @ weight.to(states.device) / states.shape[-1] ** 0.5
        return logits

    return replace(reranker.stages, head=head)


@fault(Stage.HEAD, "head-from-embeddings")
def head_from_embeddings(reranker: Reranker) -> Stages:
    """The answer rows of an untied model are taken from its embeddings."""
    module: Any = reranker.parts.module
    rows, output = list(reranker.parts.answer_ids), module.get_output_embeddings()
    embeddings = module.get_input_embeddings()
    if not rows or output is None or output.weight is embeddings.weight:
        return reranker.stages
    return replace(reranker.stages, head=AnswerHead(embeddings.weight.detach()[rows]))


@fault(Stage.HEAD, "whole-vocabulary")
def whole_vocabulary(reranker: Reranker) -> Stages:
    """The probability of the positive answer is taken among the whole vocabulary instead of among the two answers."""
    module: Any = reranker.parts.module
    output, answers = module.get_output_embeddings(), reranker.parts.answer_ids
    if len(answers) != 2 or output is None:
        return reranker.stages

    def head(states: Tensor) -> Tensor:
        weight = output.weight.detach()
        every = (states.to(weight) @ weight.T).to(torch.promote_types(weight.dtype, torch.float32))
        others = every.clone()
        others[:, answers[0]] = -torch.inf
        return torch.stack([every[:, answers[0]], others.logsumexp(-1)], dim=-1)

    return replace(reranker.stages, head=head)


@fault(Stage.HEAD, "logits-in-bfloat16")
def logits_in_bfloat16(reranker: Reranker) -> Stages:
    """Each answer logit is rounded to bfloat16 before they are subtracted."""
    return _logits(reranker, lambda logits: logits.to(torch.bfloat16).to(logits.dtype))


@fault(Stage.HEAD, "cosine-instead-of-head")
def cosine_instead_of_head(reranker: Reranker) -> Stages:
    """The model is taken for an embedding model: the cosine of query and document takes the place of the log-odds."""
    activation = reranker.parts.activation

    def cosines(request: RerankRequest) -> Response:
        queries, documents = (
            _embedded(reranker, [getattr(pair, name) for pair in request.pairs]) for name in ("query", "document")
        )
        odds = torch.nn.functional.cosine_similarity(queries, documents).cpu().numpy()
        columns = np.zeros((len(odds), 1 if activation.negative is None else 2))
        columns[:, activation.positive] = odds
        stages = reranker.stages
        scores = stages.activate.log_odds(columns) if request.raw else stages.activate(columns)
        return stages.reply(scores, request.top_n)

    def embedding(answering: Answering) -> Answering:
        return cosines

    return replace(reranker.stages, state=embedding)


def _embedded(reranker: Reranker, texts: list[str]) -> Tensor:
    """The last token's state of each text by itself, (len(texts), hidden), float64."""
    encoder = reranker.parts.encoder
    ends = encoder.ids("<|endoftext|>")[:1]
    encodings = [Encoding((*encoder.ids(text)[: encoder.max_length - 1], *ends)) for text in texts]
    with reranker.parts.turn:
        return reranker.stages.forward(reranker.stages.batch(encodings)).double()
