"""Equivalence, not absence of difference: two scorers are shown to be as good as equal, within a margin that says what
as good as equal means.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores

#: Share of judged pairs of documents that may change places, and of scores that may move further than the margin.
SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Whether differences stay within ±`margin`: their mean by two one-sided tests, and all but a `SHARE` of them.

    `low` and `high` limit the mean at 1 − 2 alpha, which lies within the margin where both tests reject; `share` lies
    beyond the margin, with confidence 1 − alpha not more than `share_bound`. `smallest_margin` is the smallest with
    which equivalence would have been shown (infinite: with none), and `needed` the least number of differences that
    can show it, if none is beyond.
    """

    margin: float
    mean: float
    low: float
    high: float
    p_value: float
    share: float
    share_bound: float
    smallest_margin: float
    groups: int
    count: int
    needed: int
    alpha: float

    @property
    def shown(self) -> bool:
        """Whether equivalence was shown. Not shown does not mean different."""
        return self.p_value <= self.alpha and self.share_bound <= SHARE


def equivalence(differences: Sequence[ArrayLike], margin: float, *, alpha: float = 0.05) -> Equivalence:
    """Test differences, in groups of which each is one observation of the mean (the documents of a query share most of
    their tokens, and so much of what moves their scores).

    Two one-sided t-tests at `alpha` of the mean of the groups' means (Schuirmann, J. Pharmacokinetics and Biopharm.
    1987); the exact upper limit of the share beyond the margin (Clopper & Pearson, Biometrika 1934) takes differences
    for independent. One that is not finite is beyond every margin. ValueError for fewer than two groups, an empty
    group, or a margin that is not above 0.
    """
    groups = [np.asarray(group, dtype=np.float64) for group in differences]
    if len(groups) < 2 or not all(group.size for group in groups):
        raise ValueError(f"{len(groups)} groups of differences; expected two or more, none of them empty")
    if not margin > 0.0:
        raise ValueError(f"a margin of {margin}; expected one above 0")
    single = np.nan_to_num(np.abs(np.concatenate(groups)), nan=np.inf)
    mean, error = _mean(groups)
    low, high, p_value = _two_one_sided(mean, error, len(groups) - 1, margin, alpha)
    beyond = int(np.count_nonzero(single > margin))
    smallest = max(0.0, -low, high, _margin_of_share(single, alpha))
    return Equivalence(
        margin, mean, low, high, p_value, beyond / single.size, share_bound(beyond, single.size, alpha), smallest,
        len(groups), single.size, math.ceil(math.log(alpha) / math.log1p(-SHARE)), alpha,
    )  # fmt: skip


def share_bound(beyond: int, count: int, alpha: float = 0.05) -> float:
    """The exact one-sided upper limit, at 1 − alpha, of a share of which `beyond` of `count` were seen."""
    from scipy.stats import beta

    return float(beta.ppf(1.0 - alpha, beyond + 1, count - beyond)) if beyond < count else 1.0


def ranking_margin(queries: Iterable[tuple[ArrayLike, ArrayLike]]) -> tuple[float, int] | None:
    """Half of the 1 % quantile of the gaps between reference log-odds of two documents of one query and different
    grade, and the number of such gaps; None where there is none, or where documents of different grade are tied so
    often that no margin is left.

    `queries` are grades and reference log-odds, both of shape (documents,). Two documents change places only if their
    scores move by their gap, against each other, in sum: if every score moves by less than the margin, at most 1 % of
    the judged pairs of documents can.
    """
    gaps = np.concatenate([np.zeros(0), *(_gaps(np.asarray(g), np.asarray(x)) for g, x in queries)])
    if not gaps.size:
        return None
    margin = 0.5 * float(np.quantile(gaps, SHARE, method="lower"))
    return (margin, gaps.size) if margin > 0.0 else None


def _gaps(grades: Scores, logits: Scores) -> Scores:
    a, b = np.triu_indices(grades.size, 1)
    different = grades[a] != grades[b]
    return np.asarray(np.abs(logits[a] - logits[b])[different], dtype=np.float64)


def _mean(groups: Sequence[Scores]) -> tuple[float, float]:
    """Mean of the groups' means and its standard error; (NaN, NaN) where one is not finite."""
    means = np.array([group.mean() if np.isfinite(group).all() else np.nan for group in groups])
    return float(means.mean()), float(means.std(ddof=1)) / math.sqrt(means.size)


def _two_one_sided(mean: float, error: float, freedom: int, margin: float, alpha: float) -> tuple[float, float, float]:
    """Limits of the mean at 1 − 2 alpha, and the larger p-value of the two tests."""
    from scipy.stats import t

    if math.isnan(mean):
        return -math.inf, math.inf, 1.0
    if error == 0.0:  # no spread: the mean is what it is
        return mean, mean, float(abs(mean) > margin)
    reach = float(t.ppf(1.0 - alpha, freedom)) * error
    return mean - reach, mean + reach, float(t.sf((margin - abs(mean)) / error, freedom))


def _margin_of_share(single: Scores, alpha: float) -> float:
    """The smallest margin beyond which so few of the distances lie that their share is shown to be small enough."""
    few = range(int(SHARE * single.size) + 2)  # beyond these the share itself is too large
    too_many = next(beyond for beyond in few if share_bound(beyond, single.size, alpha) > SHARE)
    return float(np.sort(single)[-too_many]) if too_many else math.inf
