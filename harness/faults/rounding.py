"""Numbers with fewer bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores

#: Bits of the significand of bfloat16, the hidden one among them.
BFLOAT16_BITS = 8


def to_bfloat16(values: ArrayLike) -> Scores:
    """`values` with the significand of bfloat16, halves rounded to even; the range stays that of float64."""
    significand, exponent = np.frexp(np.asarray(values, dtype=np.float64))
    return np.asarray(np.ldexp(np.round(significand * 2**BFLOAT16_BITS), exponent - BFLOAT16_BITS), dtype=np.float64)
