"""Stage `reply`: the scores of one request become its response, best first, each with the index of its document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.core.errors import TargetError
from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a response."""

    index: int
    score: float


def ranked(scores: Scores) -> tuple[Item, ...]:
    """Items by falling score; equal scores keep the order of the documents."""
    order = np.argsort(-scores, kind="stable")
    return tuple(Item(int(i), float(scores[i])) for i in order)


def in_document_order(items: tuple[Item, ...], count: int) -> list[float]:
    """Scores mapped back by index; TargetError where an index is missing, doubled or invented."""
    if sorted(item.index for item in items) != list(range(count)):
        got = [item.index for item in items]
        raise TargetError(f"the reply must name each of {count} documents once, but names {got}")
    scores = [0.0] * count
    for item in items:
        scores[item.index] = item.score
    return scores
