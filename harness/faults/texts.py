"""What a pair's texts can suffer before they are put into a prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.core.pairs import Pair
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


def with_pairs(reranker: Reranker, change: Callable[[Pair], Pair]) -> Stages:
    """Pairs are changed before they are assembled."""
    healthy = reranker.stages.assemble
    return replace(reranker.stages, assemble=lambda pair: healthy(change(pair)))


def with_texts(reranker: Reranker, change: Callable[[str], str]) -> Stages:
    """Query and document are both changed before they are assembled."""
    return with_pairs(reranker, lambda pair: replace(pair, query=change(pair.query), document=change(pair.document)))
