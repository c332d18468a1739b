"""What changes places within one query, weighed by the gap of reference scores that it crosses.

Ties of the target count as changes: nothing says that it would have put them in the right order. A document whose
score is NaN stands last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores

#: Reference and target scores of one query, in one order of documents.
Ranked = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True, slots=True)
class Changes:
    """Gaps in logits of the reference that were crossed, ascending; `total` is the sum of all gaps that there are, and
    `count` how many there are.
    """

    gaps: Scores
    total: float
    count: int

    @property
    def widest(self) -> float:
        """The widest gap that was crossed: the smallest tolerance with which no change would remain; 0 without any."""
        return float(self.gaps[-1]) if self.gaps.size else 0.0

    @property
    def weighed(self) -> float:
        """Share of all gaps, by their width, that was crossed: 0 in the reference's order, 1 in the reversed one."""
        return float(self.gaps.sum()) / self.total if self.total else 0.0

    def beyond(self, tolerance: float) -> int:
        """How many gaps wider than `tolerance` were crossed."""
        return int(np.count_nonzero(self.gaps > tolerance))


def joined(changes: Iterable[Changes]) -> Changes:
    """The changes of all queries as one."""
    every = list(changes)
    gaps = np.sort(np.concatenate([c.gaps for c in every])) if every else np.zeros(0)
    return Changes(gaps, sum(c.total for c in every), sum(c.count for c in every))


def flips(reference: ArrayLike, target: ArrayLike) -> Changes:
    """Pairs of documents of one query that the target does not order as the reference does; shapes (documents,).

    Pairs that are tied in the reference have no order to change.
    """
    right, found = np.asarray(reference, dtype=np.float64), _ranked(target)
    gap = right[:, None] - right[None, :]
    ordered = gap > 0.0
    crossed = ordered & ~(found[:, None] > found[None, :])
    return Changes(np.sort(gap[crossed]), float(gap[ordered].sum()), int(np.count_nonzero(ordered)))


def top_changes(reference: ArrayLike, target: ArrayLike, k: int) -> Changes | None:
    """Documents of one query that left or entered the first `k`, by their gap to the reference's border between rank k
    and k + 1; None where the query has no more than `k` documents. Shapes (documents,).

    A document that left is as far above the border as its score is above that of rank k + 1, one that entered as far
    below as its score is below that of rank k. Every change of a gap g implies a flip across at least g: a document
    that left gave its place to one behind the border.
    """
    right, found = np.asarray(reference, dtype=np.float64), _ranked(target)
    if right.size <= k:
        return None
    descending = np.sort(right)[::-1]
    last_inside, first_outside = descending[k - 1], descending[k]
    ahead = (found[None, :] > found[:, None]).sum(axis=1)
    abreast = (found[None, :] >= found[:, None]).sum(axis=1) - 1
    above, below = right - first_outside, last_inside - right
    crossed = np.concatenate([above[(above > 0.0) & (abreast >= k)], below[(below > 0.0) & (ahead < k)]])
    total = float(above[above > 0.0].sum() + below[below > 0.0].sum())
    return Changes(np.sort(crossed), total, int(np.count_nonzero(above > 0.0) + np.count_nonzero(below > 0.0)))


def all_flips(queries: Iterable[Ranked]) -> Changes:
    """`flips` of all queries."""
    return joined(flips(reference, target) for reference, target in queries)


def all_top_changes(queries: Sequence[Ranked], k: int) -> tuple[Changes, int]:
    """`top_changes` of all queries that have more than `k` documents, and how many those are."""
    found = [changes for reference, target in queries if (changes := top_changes(reference, target, k)) is not None]
    return joined(found), len(found)


def _ranked(scores: ArrayLike) -> Scores:
    values = np.asarray(scores, dtype=np.float64)
    return np.where(np.isnan(values), -np.inf, values)
