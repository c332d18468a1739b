"""Faults of the stage `batch`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.batch import Batch, Padder, last_token
from harness.reference.encode import Encoding
from harness.reference.pipeline import Reranker
from harness.reference.reply import Response
from harness.reference.stages import Answering, RerankRequest, Stages

#: Documents that a batch holds where what lies behind it is not computed.
ROWS = 32
#: Tokens of earlier prompts that a packed one sees. Real kernels see the whole pack; here each prompt is computed by
#: itself, and a thousand tokens spoil a score as well.
PACKED = 1_024


def _batches(reranker: Reranker, change: Callable[[Batch], Batch]) -> Stages:
    healthy = reranker.stages.batch
    return replace(reranker.stages, batch=lambda encodings: change(healthy(encodings)))


def _padded(reranker: Reranker, side: str) -> Callable[[Sequence[Encoding]], Batch]:
    healthy = reranker.stages.batch
    return replace(healthy, side=side) if isinstance(healthy, Padder) else healthy


def _pad_id(reranker: Reranker) -> int:
    return int(reranker.parts.encoder.tokenizer.pad_token_id)


@fault(Stage.BATCH, "last-column-read")
def last_column_read(reranker: Reranker) -> Stages:
    """Padding on the right, yet the answer is read in the last column: short texts are read at their padding."""
    padded = _padded(reranker, "right")

    def batch(encodings: Sequence[Encoding]) -> Batch:
        made = padded(encodings)
        return replace(made, answer=torch.full_like(made.answer, made.ids.shape[1] - 1))

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "second-last-read")
def second_last_read(reranker: Reranker) -> Stages:
    """The answer is read one position too early."""
    return _batches(reranker, lambda batch: replace(batch, answer=(batch.answer - 1).clamp(min=0)))


@fault(Stage.BATCH, "mask-missing")
def mask_missing(reranker: Reranker) -> Stages:
    """No attention mask is passed, so that padding is read as text."""
    return _batches(reranker, lambda batch: replace(batch, mask=torch.ones_like(batch.mask)))


@fault(Stage.BATCH, "padded-with-zeros")
def padded_with_zeros(reranker: Reranker) -> Stages:
    """Padding on the right is the id 0, yet the answer is read at the last id that is not the pad token's: in a batch,
    short texts are read at their padding (the Python backend of text-embeddings-inference on decoder classifiers).
    """
    pad_id = _pad_id(reranker)
    zeros = Padder(0, "right", reranker.parts.device)

    def batch(encodings: Sequence[Encoding]) -> Batch:
        made = zeros(encodings)
        answer = last_token((made.ids != pad_id).long())
        return replace(made, positions=made.positions * made.mask, answer=answer)

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "first-pad-minus-one")
def first_pad_minus_one(reranker: Reranker) -> Stages:
    """The answer is read just before the first pad token, also where a text holds that token."""
    pad_id, padded = _pad_id(reranker), _padded(reranker, "right")

    def batch(encodings: Sequence[Encoding]) -> Batch:
        made = padded(encodings)
        first = (made.ids == pad_id).long().argmax(-1)
        return replace(made, answer=(first - 1) % made.ids.shape[1])

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "pad-in-text-masked")
def pad_in_text_masked(reranker: Reranker) -> Stages:
    """The mask is made by comparing ids with the pad token, so that this token is masked in a text too."""
    pad_id = _pad_id(reranker)

    def change(batch: Batch) -> Batch:
        mask = (batch.ids != pad_id).long()
        return replace(batch, mask=mask, positions=(mask.cumsum(-1) - 1).clamp(min=0))

    return _batches(reranker, change)


@fault(Stage.BATCH, "packed-without-boundaries")
def packed_without_boundaries(reranker: Reranker) -> Stages:
    """Prompts are packed one behind the other and attention is not kept within each: a document sees the others that
    were packed before it.
    """
    healthy = reranker.stages.batch

    def batch(encodings: Sequence[Encoding]) -> Batch:
        packed = [_packed(encodings[: row + 1]) for row in range(len(encodings))]
        made = healthy([replace(own, ids=ids) for own, (ids, _) in zip(encodings, packed, strict=True)])
        positions = made.positions.clone()
        for row, (_, places) in enumerate(packed):
            positions[row, made.mask[row] == 1] = torch.tensor(places, device=positions.device)
        return replace(made, positions=positions)

    return replace(reranker.stages, batch=batch)


def _packed(encodings: Sequence[Encoding]) -> tuple[tuple[int, ...], list[int]]:
    """The last prompt behind the end of those before it, and positions that count from 0 in each of them."""
    *before, own = encodings
    ids = [id for encoding in before for id in encoding.ids]
    places = [place for encoding in before for place in range(len(encoding.ids))]
    return (*ids[-PACKED:], *own.ids), [*places[-PACKED:], *range(len(own.ids))]


@fault(Stage.BATCH, "cut-to-shortest")
def cut_to_shortest(reranker: Reranker) -> Stages:
    """All prompts of a batch are cut to the length of the shortest."""
    healthy = reranker.stages.batch

    def batch(encodings: Sequence[Encoding]) -> Batch:
        shortest = min(len(encoding.ids) for encoding in encodings)
        return healthy([replace(encoding, ids=encoding.ids[:shortest]) for encoding in encodings])

    return replace(reranker.stages, batch=batch)


@fault(Stage.BATCH, "rows-in-length-order")
def rows_in_length_order(reranker: Reranker) -> Stages:
    """A request is sorted by length, shortest first, and its results are not put back in order."""
    encoding = reranker.encoding

    def unordered(answering: Answering) -> Answering:
        def answer(request: RerankRequest) -> Response:
            pairs = tuple(sorted(request.pairs, key=lambda pair: len(encoding(pair).ids)))
            return answering(replace(request, pairs=pairs))

        return answer

    return replace(reranker.stages, state=unordered)


@fault(Stage.BATCH, "positions-restarted")
def positions_restarted(reranker: Reranker) -> Stages:
    """Positions start at 0 again in the second half of a prompt, as where two segments were joined."""

    def change(batch: Batch) -> Batch:
        half = batch.mask.sum(-1, keepdim=True) // 2
        return replace(batch, positions=torch.where(batch.positions >= half, batch.positions - half, batch.positions))

    return _batches(reranker, change)


@fault(Stage.BATCH, "lost-behind-32")
def lost_behind_32(reranker: Reranker) -> Stages:
    """Documents behind the thirty-second are not computed: they get the score of the first."""

    def short(answering: Answering) -> Answering:
        def answer(request: RerankRequest) -> Response:
            kept = request.pairs[:ROWS] + request.pairs[:1] * (len(request.pairs) - ROWS)
            return answering(replace(request, pairs=kept))

        return answer

    return replace(reranker.stages, state=short)
