"""The reference as a whole."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from harness.core.errors import TargetError
from harness.core.pairs import Pair
from harness.core.scores import to_probability
from harness.reference.pipeline import Reranker
from harness.reference.reply import Item

PAIRS = [Pair("river delta", text) for text in ("a river", "the river delta " * 40, "nothing", "", "delta")]


def test_batched_scores_equal_those_one_by_one(reranker: Reranker) -> None:
    together, alone = reranker.log_odds(PAIRS), reranker.log_odds(PAIRS, one_by_one=True)
    assert np.abs(together - alone).max() < 1e-9


def test_a_request_is_answered_in_the_order_of_its_documents(reranker: Reranker) -> None:
    scores = reranker.rerank("river delta", [p.document for p in PAIRS])
    assert scores == pytest.approx(to_probability(reranker.log_odds(PAIRS)), abs=1e-12)


def test_no_documents_are_no_scores(reranker: Reranker) -> None:
    assert reranker.rerank("query", []) == []


def refusing_more_than(rows: int, healthy: Callable, error: Exception | None = None) -> Callable:  # type: ignore[type-arg]
    def forward(batch):  # type: ignore[no-untyped-def]
        if len(batch.ids) > rows:
            raise error or torch.OutOfMemoryError
        return healthy(batch)

    return forward


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError(), MemoryError(), RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)")]
)
def test_out_of_memory_halves_the_batch_and_changes_no_score(reranker: Reranker, error: Exception) -> None:
    notes: list[str] = []
    stages = replace(reranker.stages, forward=refusing_more_than(2, reranker.stages.forward, error))
    small = replace(reranker, stages=stages, on_note=lambda topic, message: notes.append(topic))
    assert np.abs(small.log_odds(PAIRS) - reranker.log_odds(PAIRS)).max() < 1e-9
    assert set(notes) == {"out-of-memory"}


def test_a_single_pair_that_does_not_fit_is_an_error(reranker: Reranker) -> None:
    stages = replace(reranker.stages, forward=refusing_more_than(0, reranker.stages.forward))
    with pytest.raises(torch.OutOfMemoryError):
        replace(reranker, stages=stages).log_odds(PAIRS)


def test_a_reply_that_loses_a_document_is_refused(reranker: Reranker) -> None:
    broken = replace(reranker, stages=replace(reranker.stages, reply=lambda scores, top_n: (Item(0, 0.5),)))
    with pytest.raises(TargetError, match="each of 2 documents once"):
        broken.rerank("query", ["a", "b"])


def test_no_logits_of_the_whole_vocabulary_are_made(reranker: Reranker) -> None:
    seen: list[object] = []
    handle = reranker.parts.module.lm_head.register_forward_hook(lambda *_: seen.append(1))  # type: ignore[union-attr]
    reranker.log_odds(PAIRS)
    handle.remove()
    assert seen == []
