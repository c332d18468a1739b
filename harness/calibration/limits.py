"""From what was measured of a device and a dtype to the noise that limits are a multiple of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.calibration.rows import Spread
from harness.statistics.noise import Noise

#: The multiple, by the least number of probes that it takes: it covers what a healthy target may show on other pairs.
#: Measured with tiny-causal in bfloat16 on 1 232 probes (four seeds), the judged collection and the long and hostile
#: texts of checks (1 918 pairs in all), by two kernels and three shapes. In 3 000 random subsets of so many probes, the
#: largest deviation of all other pairs exceeded that of the subset at most so many times (in 95 %, 99 % and all):
#:   308 probes  1.45  1.57  2.12     96 probes  2.2  2.7  3.6     42 probes  3.2  3.6  5.6     12 probes  6.4  8.4  19
#: and movement between batches
#:               1.25  1.39  1.74                2.0  2.5  4.7                3.0  3.8  9.1                8.7  16   30
#: float32 needs less.
#: One kernel does not stand for another: in bfloat16 eager attention deviates 0.71 logit, sdpa 0.41.
MULTIPLES = ((300, 2.0), (96, 4.0), (40, 6.0), (1, 16.0))


@dataclass(frozen=True, slots=True)
class Limits:
    """What was measured of one device and dtype on so many probes, by kernel and shape, and where that comes from."""

    spreads: Mapping[str, Spread]
    probes: int
    origin: str

    def noise(self, rounding: float, least: float) -> Noise:
        """How far a healthy target is from the reference: the largest deviation of any kernel and shape, in logits.

        `rounding` is how far the digits of the target's answers may move a score: two that differ by their last digit
        are twice as far apart. `least` is the spacing of float32, below which no noise is believed.
        """
        return self._noise({name: spread.deviation.max for name, spread in self.spreads.items()}, rounding, least)

    def movement(self, rounding: float, least: float) -> Noise:
        """How far a healthy target moves between batches and repeats, likewise."""
        apart = {name: max(spread.movement.max, spread.repeat.max) for name, spread in self.spreads.items()}
        return self._noise(apart, rounding, least)

    def _noise(self, apart: Mapping[str, float], rounding: float, least: float) -> Noise:
        floor = max(least, *apart.values()) + 2 * rounding
        sources = (*apart.items(), *((("digits", rounding),) if rounding > least else ()))
        count = sum(spread.count for spread in self.spreads.values())
        return Noise(floor, multiple_for(self.probes), count, sources, self.origin)


def multiple_for(probes: int) -> float:
    """The factor over the largest of so many differences up to which one of a healthy target counts as noise."""
    return next(multiple for least, multiple in MULTIPLES if probes >= least)
