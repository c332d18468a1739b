"""A fixed computation, timed in turns with a target: what the machine does to both cancels in their ratio."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

#: What a unit does, each for about as long: numbers that stay in the innermost cache, so often; 8 MiB of weights, more
#: than a core caches, so often; and Python that is compiled, which is many small objects and much code.
_NUMBERS, _POWERS = 4_096, 600
_WEIGHTS, _READS = (32, 65_536), 2
_SOURCE = "\n".join(
    f"def f{n}(a, b=({n}, '{n}'), *c, **d):\n"
    f"    return [x + {n} for x in (a, *c) if x > b[0]] or {{k: -v for k, v in d.items()}}"
    for n in range(40)
)
#: Seconds a round that the units of one turn may take together.
_LONGEST = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took, in seconds: by the clock, and of the processor."""

    seconds: float
    processor: float


@dataclass(frozen=True)
class Yardstick:
    """`units` of the computation a turn. It uses numpy's elementwise loops and the compiler of Python, in one thread
    wherever it runs: nothing of it is any target's, whose own slowness it would hide.
    """

    units: int = 1

    @classmethod
    def as_long_as(cls, seconds: float) -> Yardstick:
        """One whose turn takes about as long as what it stands beside, so that both meet the same of the machine."""
        one = cls()
        one.turn()
        fastest = min(one.turn().seconds for _ in range(3))
        return cls(max(1, round(min(seconds, _LONGEST) / fastest)))

    def turn(self) -> Turn:
        """Compute all units; returns what one of them took on average."""
        took = timed(self._compute)
        return Turn(took.seconds / self.units, took.processor / self.units)

    def _compute(self) -> None:
        for _ in range(self.units):
            numbers = self._weights[0, :_NUMBERS]
            for _ in range(_POWERS):
                np.exp(numbers, out=self._room[:_NUMBERS])
            for row in (*self._weights,) * _READS:
                np.multiply(row, self._weights[0], out=self._room)
                self._room.sum()
            compile(_SOURCE, "yardstick", "exec")

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        weights: NDArray[np.float32] = np.linspace(0.5, 1.5, num=_WEIGHTS[0] * _WEIGHTS[1], dtype=np.float32).reshape(
            _WEIGHTS
        )
        return weights

    @cached_property
    def _room(self) -> NDArray[np.float32]:
        return np.empty_like(self._weights[0])


def timed(call: Callable[[], object]) -> Turn:
    """What one call takes; the processor's time is that of all threads of this process."""
    began, used = time.perf_counter(), time.process_time()
    call()
    return Turn(time.perf_counter() - began, time.process_time() - used)
