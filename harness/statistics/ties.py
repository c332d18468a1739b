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

    def totals(self, values: Scores) -> Scores:
        """At each rank, the sum of `values` (…, documents, in input order) over the documents tied there."""
        if not self.order.size:
            return values
        sums = np.add.reduceat(values[..., self.order], self.starts, axis=-1)
        return np.asarray(np.repeat(sums, self.size[self.starts], axis=-1), dtype=np.float64)


def checked(scores: ArrayLike) -> Scores:
    """`scores` as float64; ValueError names the first NaN, since it has no rank."""
    values = np.asarray(scores, dtype=np.float64)
    if np.isnan(values).any():
        raise ValueError(f"the score of document {int(np.isnan(values).argmax())} is NaN, which has no rank")
    return values
