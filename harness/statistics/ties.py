"""A ranking whose tied documents stand in random order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class TiedRanking:
    """Documents from the best score to the worst, in groups of equal scores; every array has shape (documents,).

    `order` gives the positions of the documents in the input; at each rank, `size` is how many documents are tied
    there and `offset` how many of them stand before it when the ties are broken in some order.
    """

    order: NDArray[np.intp]
    size: NDArray[np.intp]
    offset: NDArray[np.intp]
    starts: NDArray[np.intp]
    """First rank (from 0) of each group; shape (groups,)."""

    @classmethod
    def of(cls, scores: ArrayLike) -> TiedRanking:
        """The ranking by `scores` of shape (documents,); ValueError if one of them is NaN."""
        values = checked(scores)
        order = np.argsort(-values, kind="stable")
        ranked = values[order]
        starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]][: ranked.size])
        sizes = np.diff(np.r_[starts, ranked.size])
        return cls(order, np.repeat(sizes, sizes), np.arange(ranked.size) - np.repeat(starts, sizes), starts)

    def first(self, cut: int) -> TiedRanking:
        """The groups that the first `cut` ranks belong to: what lies behind them is not looked at."""
        inside = np.count_nonzero(self.starts < cut)
        end = self.starts[inside] if inside < self.starts.size else self.order.size
        return TiedRanking(self.order[:end], self.size[:end], self.offset[:end], self.starts[:inside])

    def sums(self, values: Scores) -> Scores:
        """For each group, the sum of `values` (…, documents, in input order) over its documents."""
        return np.asarray(np.add.reduceat(values[..., self.order], self.starts, axis=-1), dtype=np.float64)

    def totals(self, values: Scores) -> Scores:
        """At each rank, the sum of `values` (…, documents, in input order) over the documents tied there."""
        if not self.order.size:
            return values
        return np.asarray(np.repeat(self.sums(values), self.size[self.starts], axis=-1), dtype=np.float64)

    @property
    def beaten(self) -> Scores:
        """How many others each document stands before, one that is tied counting half; in input order."""
        behind = np.empty(self.order.size)
        ranks = np.arange(self.order.size)
        behind[self.order] = self.order.size - (ranks - self.offset) - (self.size + 1) / 2.0
        return behind


def checked(scores: ArrayLike) -> Scores:
    """`scores` as float64; ValueError names the first NaN, since it has no rank."""
    values = np.asarray(scores, dtype=np.float64)
    if np.isnan(values).any():
        raise ValueError(f"the score of document {int(np.isnan(values).argmax())} is NaN, which has no rank")
    return values
