"""Ranking metrics of one query in which ties count as random order.

Each is the expected value over all orders of tied documents, in closed form after McSherry & Najork, "Computing
Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores" (ECIR 2008). Without ties they
equal trec_eval's. `grades` may have leading axes: one value a row, which makes permutation tests fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores
from harness.statistics.ties import TiedRanking, checked

RELEVANT = 1
"""Smallest grade that counts as relevant where a metric knows only relevant and not (trec_eval's default)."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric by the name under which it is reported. Higher is better, all lie in [0, 1].

    `rows(grades, scores, judged)` takes grades (…, documents), scores (documents,) and the grades of all judged
    documents of the query, and gives one value a row: NaN where it has no meaning.
    """

    name: str
    title: str
    rows: Callable[[Scores, Scores, Scores], Scores]

    def of(self, grades: ArrayLike, scores: ArrayLike, judged: ArrayLike | None = None) -> float | None:
        """The value for one query; None where it has no meaning. ValueError if a score is NaN.

        `judged` are the grades of all judged documents where more are judged than were ranked.
        """
        ranked = np.asarray(grades, dtype=np.float64)
        known = ranked if judged is None else np.asarray(judged, dtype=np.float64)
        value = float(self.rows(ranked, checked(scores), known))
        return None if np.isnan(value) else value


def ndcg(grades: Scores, scores: Scores, judged: Scores, cut: int = 10) -> Scores:
    """Normalised discounted cumulative gain of the first `cut` ranks; 0 where nothing is relevant.

    trec_eval's ndcg_cut: gain = grade (Järvelin & Kekäläinen, TOIS 2002), discount 1 / log2(rank + 1), ideal from all
    judged documents. The expected gain at a rank is the mean gain of the documents tied there. Grades below 0 gain 0.
    """
    ranking = TiedRanking.of(scores).first(cut)
    gains = ranking.totals(np.maximum(grades, 0.0)) / np.maximum(ranking.size, 1)
    ideal = _discounted(np.sort(np.maximum(judged, 0.0))[::-1], cut)
    return _share(_discounted(gains, cut), ideal)


def reciprocal_rank(grades: Scores, scores: Scores, judged: Scores) -> Scores:
    """1 / rank of the first relevant document; 0 where none was ranked (Voorhees, TREC-8 1999).

    Rank by rank: if r of n tied documents are relevant and i of them stand before without being so, the next one is
    relevant with probability r / (n - i).
    """
    ranking = TiedRanking.of(scores)
    chance = np.minimum(ranking.totals(_relevant(grades)) / (ranking.size - ranking.offset), 1.0)
    still_none = np.cumprod(1.0 - chance, axis=-1)
    none_before = np.concatenate([np.ones_like(still_none[..., :1]), still_none[..., :-1]], axis=-1)
    return np.asarray((none_before * chance / _ranks(ranking)).sum(axis=-1))


def average_precision(grades: Scores, scores: Scores, judged: Scores) -> Scores:
    """Mean over all relevant judged documents of the precision at their ranks; 0 where nothing is relevant.

    If r of n tied documents are relevant, each of their ranks holds a relevant one with probability r / n, and then
    each of the i tied documents before it is relevant with probability (r - 1) / (n - 1).
    """
    ranking = TiedRanking.of(scores)
    relevant = ranking.totals(_relevant(grades))
    means = relevant / np.maximum(ranking.size, 1)
    before = np.cumsum(means, axis=-1) - means * (ranking.offset + 1)
    among = ranking.offset * (relevant - 1.0) / np.maximum(ranking.size - 1, 1)
    expected = (means * (before + 1.0 + among) / _ranks(ranking)).sum(axis=-1)
    return _share(expected, _relevant(judged).sum())


def pairwise_accuracy(grades: Scores, scores: Scores, judged: Scores) -> Scores:
    """Share of pairs of different grade whose better document has the higher score, ties 1/2; NaN without such pairs.

    With two grades it is the area under the ROC curve (Hanley & McNeil, Radiology 1982). No pair is looked at by
    itself. All that is summed are halves, so that the order of summation changes nothing.
    """
    ranking, levels = TiedRanking.of(scores), _levels(grades)
    right = np.zeros(grades.shape[:-1])
    pairs = np.zeros(grades.shape[:-1])
    for level in levels[:-1]:
        better = (grades == level).astype(np.float64)
        count = better.sum(axis=-1)
        if (
            level == levels[0]
        ):  # all others are worse, and of two of one level each stands before the other half the time
            right += better @ ranking.beaten - count * (count - 1.0) / 2.0
            pairs += count * (grades.shape[-1] - count)
        else:
            worse = (grades < level).astype(np.float64)
            right += _before(ranking, better, worse)
            pairs += count * worse.sum(axis=-1)
    return np.asarray(np.divide(right, pairs, out=np.full(pairs.shape, np.nan), where=pairs > 0))


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("ndcg@10", "nDCG@10", ndcg),
        Metric("recip_rank", "reciprocal rank", reciprocal_rank),
        Metric("map", "average precision", average_precision),
        Metric("pairwise_accuracy", "pairwise accuracy", pairwise_accuracy),
    )
}


def _levels(grades: Scores) -> list[float]:
    """The grades that there are, highest first: they are few, and looking through all for each is less than sorting."""
    found, level = [], float(grades.max(initial=-np.inf))
    while level > -np.inf:
        found.append(level)
        level = float(grades.max(where=grades < level, initial=-np.inf))
    return found


def _before(ranking: TiedRanking, better: Scores, worse: Scores) -> Scores:
    """How many pairs of a marked document of `better` and one of `worse` are in this order, ties 1/2; shapes (…,
    documents).
    """
    good, bad = ranking.sums(better), ranking.sums(worse)
    behind = bad.sum(axis=-1, keepdims=True) - np.cumsum(bad, axis=-1)
    return np.asarray((good * (behind + bad / 2.0)).sum(axis=-1))


def _relevant(grades: Scores) -> Scores:
    return (grades >= RELEVANT).astype(np.float64)


def _ranks(ranking: TiedRanking) -> Scores:
    return np.arange(1.0, ranking.order.size + 1)


def _discounted(gains: Scores, cut: int) -> Scores:
    head = gains[..., :cut]
    return np.asarray((head / np.log2(np.arange(2.0, head.shape[-1] + 2))).sum(axis=-1))


def _share(part: Scores, whole: Scores) -> Scores:
    return part / whole if whole > 0 else np.zeros_like(part)
