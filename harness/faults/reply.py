"""Faults of the stage `reply`."""

from __future__ import annotations

from dataclasses import replace

from harness.core.scores import Scores
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.pipeline import Reranker, Stages
from harness.reference.reply import Item


@fault(Stage.REPLY, "scores-zipped-with-sorted-order")
def scores_zipped(reranker: Reranker) -> Stages:
    """Sorted scores are numbered by their position, so that they land on other documents."""
    healthy = reranker.stages.reply

    def reply(scores: Scores) -> tuple[Item, ...]:
        return tuple(Item(position, item.score) for position, item in enumerate(healthy(scores)))

    return replace(reranker.stages, reply=reply)
