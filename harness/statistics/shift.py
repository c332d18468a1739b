"""How far the distribution of P(yes) has moved: Bernoulli KL divergence and changes of the probability, as llama.cpp's
perplexity tool presents them for tokens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores, to_probability
from harness.statistics.rank_changes import Ranked

#: Percentiles of the divergence that are shown.
KL_PERCENTILES = (99.9, 99.0, 95.0, 50.0)
#: Percentiles of the change of the probability: both ends, since it has a direction.
DELTA_PERCENTILES = (99.9, 99.0, 95.0, 50.0, 5.0, 1.0, 0.1)


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one number a pair: mean with its standard error, root mean square, extremes, and (percentile, value)."""

    mean: float
    error: float
    rms: float
    least: float
    largest: float
    percentiles: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """The shift of P(yes) from reference to target over `count` pairs; the divergence in nats."""

    kl: Summary
    delta: Summary
    count: int


def shift(reference: ArrayLike, target: ArrayLike) -> Shift:
    """The shift between log-odds of shape (pairs,). ValueError without any pair.

    Standard errors take the pairs for independent, as the perplexity tool takes tokens.
    """
    right, found = np.asarray(reference, dtype=np.float64), np.asarray(target, dtype=np.float64)
    return Shift(
        _summary(bernoulli_kl(right, found), KL_PERCENTILES),
        _summary(probability_change(right, found), DELTA_PERCENTILES),
        right.size,
    )


def bernoulli_kl(reference: ArrayLike, target: ArrayLike) -> Scores:
    """KL(P ‖ Q) in nats of Bernoulli distributions given by log-odds x (P) and y (Q), element by element.

    With p = σ(x) and d = y − x it is ln(1 + p (e^d − 1)) − p d, mirrored so that p ≤ 1/2: right to a few roundings of
    p d, where the textbook's sum of two logarithms loses all digits of a small divergence. Equal infinities diverge by
    0, a target that is certain of what the reference is not by infinity; NaN counts as infinitely far.
    """
    x, y = np.asarray(reference, dtype=np.float64), np.asarray(target, dtype=np.float64)
    mirrored = np.where(x > 0.0, -1.0, 1.0)
    with np.errstate(invalid="ignore", over="ignore"):
        x, d = mirrored * x, mirrored * (y - x)
        p = to_probability(x)
        near = np.log1p(p * np.expm1(np.minimum(d, 1.0))) - p * d
        far = np.logaddexp(0.0, x + d) - np.logaddexp(0.0, x) - np.where(p == 0.0, 0.0, p * d)
        finite = np.where(d == 0.0, 0.0, np.where(d < 1.0, near, far))
        divergence = np.where(np.isneginf(x), np.logaddexp(0.0, mirrored * y), finite)
    return np.where(np.isnan(divergence), np.inf, np.maximum(divergence, 0.0))


def largest_kl(logits: float) -> float:
    """The largest divergence of distributions whose log-odds are `logits` apart: d² / 8.

    KL is the remainder of the first-order Taylor series of ln(1 + e^x), whose second derivative p (1 − p) is at most
    1/4 (Hoeffding's lemma, JASA 1963, section 4).
    """
    return logits**2 / 8.0


def largest_change(logits: float) -> float:
    """The largest |Δp| of probabilities whose log-odds are `logits` apart: tanh(d / 4).

    σ(x + d) − σ(x) is largest where its derivative p(1 − p) is equal at both ends, at x = −d/2: 2σ(d/2) − 1.
    """
    return math.tanh(logits / 4.0)


def logits_of_kl(divergence: float) -> float:
    """The inverse of `largest_kl`: log-odds cannot be closer than this where the divergence is so large."""
    return math.sqrt(8.0 * divergence)


def logits_of_change(change: float) -> float:
    """The inverse of `largest_change` for |Δp| in [0, 1]."""
    return 4.0 * math.atanh(change) if change < 1.0 else math.inf


def probability_change(reference: ArrayLike, target: ArrayLike) -> Scores:
    """Δp = P(yes) of the target − that of the reference, from log-odds; a target without a number is 1 away."""
    change = to_probability(target) - to_probability(reference)
    return np.where(np.isnan(change), 1.0, change)


def same_first(queries: Iterable[Ranked]) -> tuple[float, float, int]:
    """Share of queries whose first document is the reference's, its standard error, and how many queries there are.

    Ties of the target are random order: its first is any of its best with equal chance, and right if it is any of the
    reference's best. (NaN, NaN, 0) without any query.
    """
    shares = [_first_agrees(np.asarray(right), np.asarray(found)) for right, found in queries]
    if not shares:
        return math.nan, math.nan, 0
    share = math.fsum(shares) / len(shares)
    return share, math.sqrt(share * (1.0 - share) / len(shares)), len(shares)


def _first_agrees(reference: Scores, target: Scores) -> float:
    if np.isnan(target).all():
        return 0.0
    first = target == np.nanmax(target)
    return float((reference[first] == reference.max()).mean())


def _summary(values: Scores, percentiles: tuple[float, ...]) -> Summary:
    """Interpolates no infinity: a percentile is the value at or above it."""
    if not values.size:
        raise ValueError("no pair to compare; a shift needs at least one")
    with np.errstate(invalid="ignore"):
        spread = float(values.std(ddof=1)) if values.size > 1 else math.nan
    at = np.percentile(values, percentiles, method="higher")
    return Summary(
        float(values.mean()), spread / math.sqrt(values.size), float(np.sqrt(np.mean(values**2))),
        float(values.min()), float(values.max()), tuple(zip(percentiles, map(float, at), strict=True)),
    )  # fmt: skip
