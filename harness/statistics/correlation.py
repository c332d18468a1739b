"""Rank correlation between grades and scores of one query; undefined where either is constant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from harness.statistics.ties import checked

Correlation = Callable[[ArrayLike, ArrayLike], float | None]


def kendall_tau_b(grades: ArrayLike, scores: ArrayLike) -> float | None:
    """Kendall's tau-b, which corrects for ties in both (Kendall, Biometrika 1945); None where undefined."""
    from scipy.stats import kendalltau

    return _defined(kendalltau, grades, scores)


def spearman(grades: ArrayLike, scores: ArrayLike) -> float | None:
    """Spearman's rho on mean ranks (Spearman 1904); None where undefined."""
    from scipy.stats import spearmanr

    return _defined(spearmanr, grades, scores)


def weighted_tau(grades: ArrayLike, scores: ArrayLike) -> float | None:
    """Kendall's tau with hyperbolic weights, so that the top counts more (Vigna, WWW 2015); None where undefined."""
    from scipy.stats import weightedtau

    return _defined(weightedtau, grades, scores)


CORRELATIONS: dict[str, Correlation] = {
    "kendall_tau_b": kendall_tau_b,
    "spearman": spearman,
    "weighted_tau": weighted_tau,
}


def _defined(correlate: Callable[..., Any], grades: ArrayLike, scores: ArrayLike) -> float | None:
    """`correlate`'s statistic; None where grades or scores are constant. ValueError if a score is NaN."""
    truth, values = np.asarray(grades, dtype=np.float64), checked(scores)
    if np.unique(truth).size < 2 or np.unique(values).size < 2:
        return None
    # all that counts is the order; a saturated score is infinite, and has no sum
    places = np.unique(values, return_inverse=True)[1].astype(np.float64)
    return float(correlate(truth, places).statistic)
