"""How sure a mean over queries is: bootstrap, tests against chance and between two runs, smallest detectable change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores
from harness.statistics.metrics import Metric

_EQUAL = 1e-12
"""Two means closer than this are equal: sums in another order differ in their last bits."""
_DRAWN_AT_ONCE = 2**22
"""Values that are drawn at once: 10 000 resamples of 7 000 queries would be a gibibyte."""
_PERMUTED_AT_ONCE = 2**17
"""Grades that are permuted at once: a mebibyte stays in a processor's cache from being drawn to being ranked."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over `count` queries with the limits of its interval at `level`."""

    mean: float
    low: float
    high: float
    level: float
    count: int


@dataclass(frozen=True, slots=True)
class AgainstChance:
    """A mean metric, its expected value under a random order, and how often a random order reaches it."""

    mean: float
    chance: float
    p_value: float
    count: int


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """Mean of b - a over the queries, its standard deviation a query, and the two-sided p-value of no difference."""

    mean: float
    deviation: float
    p_value: float
    count: int


def bootstrap_mean(values: ArrayLike, *, resamples: int = 1000, level: float = 0.95, seed: int = 0) -> Interval:
    """Percentile bootstrap of the mean over queries (Efron & Tibshirani 1993, chapter 13).

    ValueError without values; one value gives an interval of no width, which says nothing of its certainty.
    """
    sample, rng = _per_query(values), np.random.default_rng(seed)
    at_once = max(1, _DRAWN_AT_ONCE // sample.size)
    rows = (min(at_once, resamples - done) for done in range(0, resamples, at_once))
    means = [sample[rng.integers(sample.size, size=(count, sample.size))].mean(axis=1) for count in rows]
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(np.concatenate(means), [tail, 1.0 - tail])
    return Interval(float(sample.mean()), float(low), float(high), level, sample.size)


def permutation_test(
    rankings: Iterable[tuple[ArrayLike, ArrayLike]], metric: Metric, *, resamples: int = 1000, seed: int = 0
) -> AgainstChance:
    """Does the mean of `metric` over (grades, scores) of each query exceed that of a random order? One-sided.

    The scores are permuted within each query; p = (1 + permutations at least as good) / (1 + permutations), which is
    never 0 (Phipson & Smyth 2010). `chance` is exact: a metric in which ties count as random order, at equal scores.
    Queries for which the metric has no meaning are left out; ValueError if none is left.
    """
    every = list(rankings)
    (found,) = permutation_tests(
        [grades for grades, _ in every], [[scores for _, scores in every]], metric, resamples=resamples, seed=seed
    )
    return found


def permutation_tests(
    grades: Sequence[ArrayLike],
    scorers: Sequence[Sequence[ArrayLike]],
    metric: Metric,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> list[AgainstChance]:
    """`permutation_test` of several scorers of the same queries, each with an array of scores a query: the random
    orders of a seed are the same for all of them, and are drawn once.
    """
    rng = np.random.default_rng(seed)
    observed: list[list[float]] = []
    chance: list[float] = []
    totals = np.zeros((len(scorers), resamples))
    for given, *scored in zip(grades, *scorers, strict=True):
        known = np.asarray(given, dtype=np.float64)
        values = [metric.of(known, scores) for scores in scored]
        defined = [value for value in values if value is not None]
        if len(defined) == len(scorers):  # whether a metric has a meaning depends on the grades alone
            observed.append(defined)
            chance.append(metric.of(known, np.zeros(known.size)) or 0.0)
            _add_permuted(totals, metric, known, [np.asarray(s, dtype=np.float64) for s in scored], rng)
    found = []
    for values, total in zip(np.ascontiguousarray(_per_query(observed).T), totals, strict=True):
        mean = float(values.mean())
        as_good = int(np.count_nonzero(total / values.size >= mean - _EQUAL))
        found.append(AgainstChance(mean, float(np.mean(chance)), (1 + as_good) / (1 + resamples), values.size))
    return found


def paired_randomisation(a: ArrayLike, b: ArrayLike, *, resamples: int = 10_000, seed: int = 0) -> PairedDifference:
    """Fisher's randomisation test of two runs on the same queries (Smucker, Allan & Carterette, CIKM 2007).

    Each query's difference keeps or changes its sign at random; p has the +1 correction.
    ValueError if `a` and `b` differ in length or are empty.
    """
    first, second = _per_query(a), _per_query(b)
    if first.size != second.size:
        raise ValueError(f"{first.size} values against {second.size}: a paired test needs the same queries in both")
    difference = second - first
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(resamples, difference.size))
    extreme = np.abs(signs @ difference) >= abs(difference.sum()) - _EQUAL * difference.size
    p_value = (1 + int(np.count_nonzero(extreme))) / (1 + resamples)
    return PairedDifference(float(difference.mean()), standard_deviation(difference), p_value, difference.size)


def smallest_detectable_change(deviation: float, count: int, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest mean paired difference that `count` queries can show: (z_{1-alpha/2} + z_power) · deviation / √count.

    `deviation` is the standard deviation of the differences of single queries. Normal approximation of the paired
    t-test's sample size (Cohen 1988, chapter 2; Sakai, "Laboratory Experiments in Information Retrieval", 2018).
    """
    normal = NormalDist()
    return (normal.inv_cdf(1.0 - alpha / 2.0) + normal.inv_cdf(power)) * deviation / math.sqrt(count)


def standard_deviation(values: ArrayLike) -> float:
    """Standard deviation of a sample (n - 1 in the denominator); NaN of a single value."""
    sample = _per_query(values)
    return float(sample.std(ddof=1)) if sample.size > 1 else float("nan")


def _per_query(values: ArrayLike) -> Scores:
    sample = np.asarray(values, dtype=np.float64)
    if not sample.size:
        raise ValueError("no query has a value; a mean needs at least one")
    return sample


def _add_permuted(
    totals: Scores, metric: Metric, grades: Scores, scorers: Sequence[Scores], rng: np.random.Generator
) -> None:
    """Add the metric of random orders of one query to `totals` of shape (scorers, resamples); permuting the grades
    instead of the scores leaves the ties in place.
    """
    at_once = max(1, _PERMUTED_AT_ONCE // max(1, grades.size))
    for start in range(0, totals.shape[1], at_once):
        part = totals[:, start : start + at_once]
        rows = rng.permuted(np.broadcast_to(grades, (part.shape[1], grades.size)), axis=1)
        for total, scores in zip(part, scorers, strict=True):
            total += metric.rows(rows, scores, grades)
