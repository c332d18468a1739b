"""Scores are compared as log-odds: 0.9995 against 0.999 hides 0.7 of a logit."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]


class Scale(StrEnum):
    """What the numbers of a target are."""

    PROBABILITY = "probability"
    LOG_ODDS = "log-odds"


def to_log_odds(probability: ArrayLike) -> Scores:
    """ln(p / (1 − p)) in float64; 0 and 1 give −inf and +inf, anything outside [0, 1] gives NaN."""
    p = np.asarray(probability, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(p) - np.log1p(-p), dtype=np.float64)


def to_probability(log_odds: ArrayLike) -> Scores:
    """The logistic function in float64, without overflow at either end."""
    x = np.asarray(log_odds, dtype=np.float64)
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, small) / (1.0 + small), dtype=np.float64)
