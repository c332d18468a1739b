"""Numbers that were kept as small integers times a step, as the weights of a quantised model are, and how often chance
would show that.

In a block of numbers that share a step, the largest |number| is m steps, and all others are whole numbers of steps:
with a symmetric grid or a zero point, eight bits leave m at most 255 and so at most 255 distinct |numbers| beside 0,
four bits 15. Numbers that were not kept so lie on the grid of a given m by chance: each falls within a distance d of a
whole number of steps with probability 2 d. The product over a block's distinct |numbers|, summed over all m, bounds the
probability that the block lies on any such grid; the product over blocks, that all of them do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.core.scores import Scores

#: Integers that are looked for, by their bits: the coarser first.
BITS = (4, 8)
#: Numbers may have been rounded to bfloat16, the coarsest dtype in use, after they were multiplied by their step: each
#: is off by 2^-8 of itself at most, and so is the largest, by which the step is told.
OFF = 2.0**-7
#: Grids are believed when chance would show them less often than this.
CHANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Grids:
    """Integers of how many `bits` the numbers of all blocks are (None: of more than eight, or chance would show it as
    well), and how often chance would show that.
    """

    bits: int | None
    chance: float


def integer_grids(blocks: Sequence[ArrayLike]) -> Grids:
    """Whether in each block of numbers there is a step of which they are integers of four bits, or of eight. Blocks are
    taken for independent.
    """
    found = [_grids(np.asarray(block, dtype=np.float64)) for block in blocks]
    for bits in BITS:
        most = 2**bits - 1
        on_grids = all(fits[:most].any() for fits, _ in found)
        chance = len(BITS) * float(np.prod([min(1.0, by_chance[:most].sum()) for _, by_chance in found]))
        if on_grids and chance <= CHANCE:
            return Grids(bits, chance)
    return Grids(None, 1.0)


def _grids(block: Scores) -> tuple[NDArray[np.bool_], Scores]:
    """For each m from 1 to 255, whether the block lies on its grid, and how often it would by chance.

    Zeros lie on every grid and say nothing; so do numbers of so many steps that their own rounding reaches the next.
    """
    steps = np.arange(1, 2 ** max(BITS))[:, None]
    magnitudes = np.unique(np.abs(block))
    largest = magnitudes[-1] if magnitudes.size else 0.0
    if not 0.0 < largest < np.inf:
        return np.full(steps.size, largest == 0.0), np.ones(steps.size)
    counts = steps * (magnitudes[magnitudes > 0.0][:-1] / largest)
    nearest = np.round(counts)
    fits = (np.abs(counts - nearest) <= OFF * nearest) & (nearest > 0.0)
    # numbers of bfloat16 lie up to OFF apart themselves, so that both ends of the interval count
    by_chance = np.minimum(1.0, 3 * OFF * counts)
    return fits.all(axis=1), by_chance.prod(axis=1)
