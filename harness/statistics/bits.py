"""What the bits of numbers tell of the dtype they were computed in: distances in units of its last place, and a census
of patterns that finds numbers which were rounded to fewer bits than they are written with.

A number rounded to few bits lies on a coarse grid. One that was not lies there by chance: if it is known to lie in an
interval, with probability width / step, and 1 where it is saturated, so that such numbers say nothing. A number cut to
d decimals lies on every binary grid that fits it with probability 5^-d (the multiples of 10^-d that are multiples of
2^-d), hence never with less than 1/5 is reckoned. Distinct numbers are taken for independent, and the product of their
probabilities, times the grids that were tried, is the probability that a census finds a grid by chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.core.scores import Scores, to_log_odds

#: A grid is believed when chance would show it less often than this. Each number counts for a fifth at least, so that
#: fifteen distinct ones are needed where 16 grids are tried (16 · 5^-15 = 5e-10), and fourteen where two are.
CHANCE = 1e-9
#: The probability that a number which was cut to one decimal lies on a binary grid.
CUT_TO_ONE_DECIMAL = 0.2
#: Half the spacing of float32 at 1: what one rounding moves a number by, relatively.
ROUNDING = 2.0**-24


@dataclass(frozen=True, slots=True)
class Format:
    """A binary floating-point format: bits of the significand with the hidden one, and the least normal exponent."""

    name: str
    bits: int
    least_exponent: int

    def spacing(self, values: ArrayLike) -> Scores:
        """The unit in the last place at each |value|: the distance of neighbours in its binade (Muller et al.,
        Handbook of Floating-Point Arithmetic, 2018, section 2.3.2).
        """
        magnitude = np.maximum(np.abs(np.asarray(values, dtype=np.float64)), 2.0**self.least_exponent)
        return np.asarray(np.ldexp(1.0, np.frexp(magnitude)[1] - self.bits), dtype=np.float64)


#: IEEE 754-2019, table 3.5; bfloat16 has the exponents of float32.
FORMATS = {
    f.name: f
    for f in (
        Format("float64", 53, -1022),
        Format("float32", 24, -126),
        Format("float16", 11, -14),
        Format("bfloat16", 8, -126),
    )
}
#: Formats that numbers in float32 may have been rounded to, the coarsest first.
HALVES = (FORMATS["bfloat16"], FORMATS["float16"])
#: Answer logits lie below 2^6: those of the embedded model reach 20.4, and language models cap them at 30 if at all.
LOGIT_EXPONENT = 6
#: Grids that are looked for, as powers of two: 1/4 is the widest that a dtype leaves on differences of such logits,
#: that of bfloat16 from 32 to 64; the finest is twice that of float32 there.
WIDEST = LOGIT_EXPONENT - FORMATS["bfloat16"].bits
FINEST = LOGIT_EXPONENT - FORMATS["float32"].bits + 1


def ulp_distance(a: ArrayLike, b: ArrayLike, format: Format, at_least: float = 0.0) -> Scores:
    """|a − b| in units in the last place of `format` at the larger magnitude of the two, no finer than at `at_least`.

    0 where they are equal (infinities too), infinite where only one is finite or either is NaN. Neighbours of a format
    are 1 apart, below a power of two 1/2.
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    unit = format.spacing(np.maximum(np.maximum(np.abs(x), np.abs(y)), at_least))
    with np.errstate(invalid="ignore"):
        apart = np.where(x == y, 0.0, np.abs(x - y) / unit)
    return np.where(np.isfinite(apart), apart, np.inf)


def significant_bits(values: Scores) -> int:
    """The least number of significand bits that represents every finite value exactly (24 for arbitrary float32)."""
    significand = np.frexp(values)[0]
    return next(bits for bits in range(1, 54) if np.all(np.ldexp(significand, bits) % 1.0 == 0.0))


@dataclass(frozen=True, slots=True)
class Known:
    """Distinct numbers, each of which was computed somewhere between `low` and `high`; arrays of one shape."""

    numbers: Scores
    low: Scores
    high: Scores

    @classmethod
    def log_odds(cls, scores: ArrayLike, decimals: int | None = None) -> Known:
        """Finite log-odds, as float32 tells them: two roundings, half a unit of the last decimal if they were cut."""
        numbers = _distinct(scores)
        return cls._within(numbers, 2 * ROUNDING * np.abs(numbers), decimals)

    @classmethod
    def probabilities(cls, scores: ArrayLike, decimals: int | None = None) -> Known:
        """Probabilities inside (0, 1), as float32 tells them: four roundings, and two more for each unit of ln p, which
        is what a softmax computed by its logarithm loses; half a unit of the last decimal if they were cut.
        """
        numbers = _distinct(scores)
        inside = numbers[(numbers > 0.0) & (numbers < 1.0)]
        return cls._within(inside, (4.0 - 2.0 * np.log(inside)) * ROUNDING * inside, decimals)

    @classmethod
    def _within(cls, numbers: Scores, around: Scores, decimals: int | None) -> Known:
        reach = around + (0.0 if decimals is None else 0.5 * 10.0**-decimals)
        return cls(numbers, numbers - reach, numbers + reach)

    def as_log_odds(self) -> Known:
        """The same of probabilities, as log-odds; one that may have been 0 or 1 lies anywhere beyond."""
        low, high = (to_log_odds(np.clip(end, 0.0, 1.0)) for end in (self.low, self.high))
        return Known(to_log_odds(self.numbers), low, high)


@dataclass(frozen=True, slots=True)
class Census:
    """The grid that numbers were `found` on, by its significant bits or its step (None: on none), the probability of
    finding one by `chance` (of the coarsest where none was found), and the `count` of numbers that say anything.
    """

    found: float | None
    chance: float
    count: int

    @property
    def telling(self) -> bool:
        """Whether a grid that is there would have been believed."""
        return self.chance <= CHANCE


def bits_census(known: Known) -> Census:
    """Whether all numbers are those of a half-precision format, by its significant bits: 8 of bfloat16, 11 of float16.

    Numbers below the least normal one of float16 are left out: there it has fewer bits than it says. A difference may
    need fewer bits than what it is taken of, so that of log-odds 8 bits say no more than 11.
    """
    normal = _chosen(known, np.abs(known.numbers) >= 2.0 ** FORMATS["float16"].least_exponent)
    return _census(normal, [(float(half.bits), half.spacing(normal.numbers)) for half in HALVES])


def grid_census(known: Known) -> Census:
    """The widest power of two, from 1/4 to 2^-17, of which all log-odds are multiples.

    Two logits that were rounded to one format differ by a multiple of its spacing at the smallest of them: in bfloat16
    1/16 from 8 to 16, 1/8 from 16 to 32. Zeros lie on every grid and are left out.
    """
    apart = _chosen(known, known.numbers != 0.0)
    steps = (2.0**exponent for exponent in range(WIDEST, FINEST - 1, -1))
    return _census(apart, [(step, np.full(apart.numbers.shape, step)) for step in steps])


def bits_of_grid(step: float) -> int:
    """Significant bits at most of logits whose differences are multiples of `step`: log2(64 / step)."""
    return LOGIT_EXPONENT - round(math.log2(step))


def _census(known: Known, grids: Iterable[tuple[float, Scores]]) -> Census:
    """The first of `grids` (name, step at each number; the coarsest first) that is believed.

    Numbers that all lie on a grid wider than 1/4 are integers, votes or ranks, and nobody's rounding: none is found.
    """
    if np.all(_fits(known, np.float64(2.0 ** (WIDEST + 1)))):
        return Census(None, 1.0, 0)
    tried = list(grids)
    seen = []
    for name, step in tried:
        width = np.minimum((known.high - known.low) / step, 1.0)
        chance = min(1.0, len(tried) * float(np.prod(np.maximum(width, CUT_TO_ONE_DECIMAL))))
        seen.append(Census(None, chance, int(np.count_nonzero(width < 1.0))))
        if chance <= CHANCE and np.all(_fits(known, step)):
            return Census(name, chance, seen[-1].count)
    return seen[0]


def _fits(known: Known, step: Scores | np.float64) -> NDArray[np.bool_]:
    """Whether there is a multiple of `step` in each interval."""
    return np.asarray(np.floor(known.high / step) >= np.ceil(known.low / step))


def _chosen(known: Known, which: NDArray[np.bool_]) -> Known:
    return Known(known.numbers[which], known.low[which], known.high[which])


def _distinct(scores: ArrayLike) -> Scores:
    numbers = np.unique(np.asarray(scores, dtype=np.float64))
    return numbers[np.isfinite(numbers)]
