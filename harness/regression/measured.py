"""A quantity that two runs measured repeatedly, made comparable: logarithms beside a yardstick, in blocks of rounds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from harness.core.events import SamplesRecorded
from harness.core.run import Run
from harness.core.scores import Scores
from harness.statistics.blocks import Contrast, block_medians, contrast

#: Rounds of a block, whose median is one observation: neighbouring rounds meet the same of the machine.
ROUNDS = 5
#: What of a machine's moving speed a yardstick does not take out, as a share of the standard deviation of its own
#: logarithm. Measured in pairs of 24 healthy runs on two virtual cores with busy neighbours: where the yardstick kept
#: within 10 % they were 0.020 apart in the root mean square, of which 0.014 lies between runs; within 10 to 15 % 0.031;
#: within 15 to 20 % 0.047. A neighbour on the same core slows products of matrices less than it slows Python.
LEFT_BY_YARDSTICK = 0.15


@dataclass(frozen=True, slots=True)
class Quantity:
    """How a quantity is compared. `beside` is the id of what is timed in turns with it; `relevant` the smallest change
    that matters to anybody; `between` the standard deviation, of the logarithm, between healthy runs on a machine that
    keeps its speed, as far as rounds of one run do not show it.
    """

    beside: str | None
    relevant: float
    between: float


QUANTITIES = {
    "latency": Quantity("yardstick", 0.05, 0.01),
    "processor-time": Quantity("yardstick-processor-time", 0.05, 0.01),
    "memory": Quantity(None, 0.10, 0.01),
}
#: Of what is not known by name.
OTHER = Quantity(None, 0.05, 0.015)
YARDSTICKS = frozenset(quantity.beside for quantity in QUANTITIES.values())


@dataclass(frozen=True, slots=True)
class Series:
    """What one run measured of a quantity, take by take; `beside` is empty where no yardstick was timed in turns."""

    told: SamplesRecorded
    values: tuple[Scores, ...]
    beside: tuple[Scores, ...]

    @classmethod
    def of(cls, run: Run, name: str) -> Series | None:
        """The quantity of that id; None where the run has none."""
        told = [samples for samples in run.samples if samples.id == name]
        beside = QUANTITIES.get(name, OTHER).beside
        return cls(told[0], _takes(run, name), _takes(run, beside)) if told else None

    @property
    def sound(self) -> bool:
        """Whether every take has a logarithm and a spread."""
        return all(v.size > 1 and bool((np.isfinite(v) & (v > 0.0)).all()) for v in (*self.values, *self.beside))

    @property
    def in_turns(self) -> bool:
        """Whether each value has its yardstick."""
        return [v.size for v in self.values] == [v.size for v in self.beside]

    @property
    def median(self) -> float:
        """Of all takes, as measured."""
        return float(np.median(np.concatenate(self.values)))

    @property
    def count(self) -> int:
        """Values of all takes."""
        return sum(values.size for values in self.values)

    def blocks(self, *, in_units: bool) -> tuple[Scores, ...]:
        """Block medians of the logarithm, take by take; in units of the yardstick where that is wanted."""
        units = self.beside if in_units else tuple(np.ones_like(values) for values in self.values)
        return tuple(
            block_medians(np.log(values / unit), ROUNDS) for values, unit in zip(self.values, units, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity in base and run."""

    quantity: Quantity
    base: Series
    run: Series

    @property
    def machine(self) -> float | None:
        """How many times as long the yardstick took in the run; None where one of the runs timed none."""
        if not (self.base.in_turns and self.run.in_turns):
            return None
        return float(np.median(np.concatenate(self.run.beside)) / np.median(np.concatenate(self.base.beside)))

    @property
    def blocks(self) -> tuple[tuple[Scores, ...], tuple[Scores, ...]]:
        """Blocks of base and run, in the same units."""
        in_units = self.machine is not None
        return self.base.blocks(in_units=in_units), self.run.blocks(in_units=in_units)

    @property
    def moved(self) -> float:
        """How much the machine's speed moved within and between the runs: the standard deviation of the logarithm of
        the yardstick's block medians; 0 where there is none.
        """
        if self.machine is None:
            return 0.0
        beside = [block_medians(np.log(taken), ROUNDS) for each in (self.base, self.run) for taken in each.beside]
        return float(np.concatenate(beside).std(ddof=1))

    @property
    def between(self) -> float:
        """Standard deviation between healthy runs beyond what their rounds show."""
        return math.hypot(self.quantity.between, LEFT_BY_YARDSTICK * self.moved)

    @property
    def blurred(self) -> float:
        """The share of the variance of `whole` that a machine which kept its speed would not have added."""
        return 2.0 * (LEFT_BY_YARDSTICK * self.moved / self.whole.error) ** 2

    @property
    def whole(self) -> Contrast:
        """All takes of the run against the base."""
        base, run = self.blocks
        return contrast(np.concatenate(base), np.concatenate(run), self.between)

    @property
    def first(self) -> Contrast:
        """The first take of the run against the base."""
        base, run = self.blocks
        return contrast(np.concatenate(base), run[0], self.between)


def _takes(run: Run, name: str | None) -> tuple[Scores, ...]:
    """The values of an id, take by take."""
    found = sorted((samples for samples in run.samples if samples.id == name), key=lambda samples: samples.take)
    return tuple(np.array(samples.values, dtype=np.float64) for samples in found)
