"""Series of repeated measurements that are no independent draws: blocks of neighbours, and what lies between runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class Contrast:
    """How far the mean of one sample lies above that of another: the difference, its standard error, the degrees of
    freedom of that (infinite where it is known), and the two-sided p-value.
    """

    difference: float
    error: float
    freedom: float
    p_value: float

    def interval(self, alpha: float) -> tuple[float, float]:
        """Limits of the difference at 1 − alpha."""
        from scipy.stats import t

        reach = float(t.ppf(1.0 - alpha / 2.0, self.freedom)) * self.error
        return self.difference - reach, self.difference + reach


def block_medians(values: ArrayLike, size: int) -> Scores:
    """Medians of blocks of about `size` neighbours, at least two of them; shape (blocks,). Neighbours depend on each
    other, blocks hardly (batch means: Conway, Management Science 1963); the median is deaf to a single interruption.
    """
    series = np.asarray(values, dtype=np.float64)
    return np.array([np.median(block) for block in np.array_split(series, max(2, series.size // size))])


def contrast(base: ArrayLike, other: ArrayLike, between: float = 0.0) -> Contrast:
    """`other` against `base` by the t-test of Welch (Biometrika 1947), with `between` the standard deviation, known
    from elsewhere, of what samples of one origin differ by beyond their own spread: its variance is added once for each
    sample, with infinite degrees of freedom (Satterthwaite, Biometrics 1946). ValueError for fewer than two values.
    """
    from scipy.stats import t

    first, second = (np.asarray(sample, dtype=np.float64) for sample in (base, other))
    if min(first.size, second.size) < 2:
        raise ValueError(f"samples of {first.size} and {second.size} values; a spread needs two or more of each")
    parts = [float(sample.var(ddof=1)) / sample.size for sample in (first, second)]
    variance = sum(parts) + 2.0 * between**2
    lost = sum(part**2 / (sample.size - 1) for part, sample in zip(parts, (first, second), strict=True))
    freedom = variance**2 / lost if lost else math.inf
    difference, error = float(second.mean() - first.mean()), math.sqrt(variance)
    if error == 0.0:
        return Contrast(difference, 0.0, freedom, float(difference == 0.0))
    return Contrast(difference, error, freedom, 2.0 * float(t.sf(abs(difference) / error, freedom)))
