"""Change points of a series: proposed by a library, confirmed by a test, and large enough to matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from harness.core.scores import Scores

#: Runs before and after a change that are needed to tell it from one odd night.
LEAST_RUNS = 3
#: Level of Welch's test of the runs before against those after. The place of the change is chosen from the same runs,
#: so the rate of false alarms is higher: measured in tests/history/test_changes.py, over whole series of 30 runs.
ALPHA = 1e-3
#: Smallest change of the mean that is told, as a share of the mean before.
RELEVANT = 0.005
#: Penalty of a further change, in variances, over the logarithm of the number of runs (Yao 1988: 2 for normal noise).
PENALTY = 3.0
_SPREAD_OF_NORMAL = 1.4826


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The series has another mean from `index` on, the first value after the change."""

    index: int
    before: float
    after: float
    p_value: float


def change_points(values: Sequence[float]) -> list[ChangePoint]:
    """The confirmed changes of a series of finite values, in their order: PELT (Killick, Fearnhead & Eckley 2012) on
    the mean, then Welch's t-test of neighbouring segments. Fewer than six values have none.
    """
    series = np.asarray(values, dtype=np.float64)
    if series.size < 2 * LEAST_RUNS or np.ptp(series) == 0.0:
        return []
    import ruptures

    scaled = (series - np.median(series)) / _noise(series)
    search = ruptures.Pelt(model="l2", min_size=LEAST_RUNS, jump=1).fit(scaled)
    ends = search.predict(pen=PENALTY * np.log(series.size))
    segments = [series[start:end] for start, end in pairwise([0, *ends])]
    found = (_confirmed(before, after, end) for before, after, end in zip(segments, segments[1:], ends, strict=False))
    return [point for point in found if point is not None]


def _noise(series: Scores) -> float:
    """The spread of neighbours, which a change of the mean hardly touches; never 0, since the series moves."""
    steps = np.abs(np.diff(series)) / np.sqrt(2.0)
    return float(max(_SPREAD_OF_NORMAL * np.median(steps), 1e-3 * np.ptp(series)))


def _confirmed(before: Scores, after: Scores, index: int) -> ChangePoint | None:
    from scipy.stats import ttest_ind_from_stats

    old, new = float(before.mean()), float(after.mean())
    if abs(new - old) < RELEVANT * abs(old):
        return None
    if np.ptp(before) == 0.0 and np.ptp(after) == 0.0:
        return ChangePoint(index, old, new, 0.0)  # what never moved by itself has moved
    spread = [float(part.std(ddof=1)) for part in (before, after)]
    found = ttest_ind_from_stats(old, spread[0], before.size, new, spread[1], after.size, equal_var=False)
    p_value = float(found.pvalue)
    return ChangePoint(index, old, new, p_value) if p_value <= ALPHA else None
