"""Faults of the stage `state`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.pipeline import Rank, Reranker, Stages
from harness.reference.reply import Item


@fault(Stage.STATE, "drift-over-repeats")
def drift_over_repeats(reranker: Reranker) -> Stages:
    """Each request is scored a little higher than the one before."""
    served = 0

    def drifting(rank: Rank) -> Rank:
        def answer(pairs: Sequence[Pair]) -> tuple[Item, ...]:
            nonlocal served
            served += 1
            return tuple(replace(item, score=item.score * (1 - 1e-3 * (served % 50))) for item in rank(pairs))

        return answer

    return replace(reranker.stages, state=drifting)


@fault(Stage.STATE, "cache-without-query")
def cache_without_query(reranker: Reranker) -> Stages:
    """A cache is keyed by the documents alone: another query gets the first one's scores."""
    cache: dict[tuple[str, ...], tuple[Item, ...]] = {}

    def cached(rank: Rank) -> Rank:
        def answer(pairs: Sequence[Pair]) -> tuple[Item, ...]:
            return cache.setdefault(tuple(pair.document for pair in pairs), rank(pairs))

        return answer

    return replace(reranker.stages, state=cached)
