"""Stage `reply`: the scores of one request become its response, best first, each with the index of its document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from harness.core.errors import MalformedAnswer
from harness.core.scores import Scores


class Indexed(Protocol):
    """A score that names its document."""

    @property
    def index(self) -> int:
        """Place of the document in the request."""

    @property
    def score(self) -> float:
        """The document's score."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a response."""

    index: int
    score: float


Response = tuple[Item, ...]
Reply = Callable[[Scores, int | None], Response]
"""Scores of a request's documents and how many of the best are wanted (None: all) → the response."""


def ranked(scores: Scores, top_n: int | None = None) -> Response:
    """The best `top_n` by falling score; equal scores keep the order of the documents."""
    order = np.argsort(-scores, kind="stable")[:top_n]
    return tuple(Item(int(i), float(scores[i])) for i in order)


def in_document_order(items: Sequence[Indexed], count: int) -> list[float]:
    """Scores mapped back by index; MalformedAnswer where an index is missing, doubled or invented."""
    got = [item.index for item in items]
    if sorted(got) != list(range(count)):
        raise MalformedAnswer(f"the reply must name each of {count} documents once, but names {len(got)}: {got[:20]}")
    scores = [0.0] * count
    for item in items:
        scores[item.index] = item.score
    return scores
