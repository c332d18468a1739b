"""Speed and memory of a run beside a base: a test over repeated measurements, never a bare threshold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from harness.core.comparison import Judgement, SampleChange
from harness.core.events import SamplesRecorded
from harness.core.run import Run
from harness.core.scores import Scores
from harness.regression.hardware import apart
from harness.statistics.blocks import Contrast, block_medians, contrast
from harness.statistics.corrections import holm

#: Rounds of a block, whose median is one observation: neighbouring rounds meet the same of the machine.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Quantity:
    """How a quantity is compared. `beside` is the id of what is timed in turns with it; `relevant` the smallest change
    that matters to anybody; `between` the standard deviation between healthy runs that rounds of one run do not show,
    of the logarithm.
    """

    beside: str | None
    relevant: float
    between: float


#: Measured with the embedded model on two cores, from idle to twice oversubscribed.
QUANTITIES = {
    "latency": Quantity("yardstick", 0.05, 0.015),
    "processor-time": Quantity("yardstick-processor-time", 0.05, 0.015),
    "memory": Quantity(None, 0.05, 0.01),
}
#: Of what is not known by name.
OTHER = Quantity(None, 0.05, 0.015)
_BESIDE = {quantity.beside for quantity in QUANTITIES.values()}


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity in both runs: blocks of the logarithm, take by take, beside the yardstick where there is one.

    `machine` is how many times as long the yardstick took in the run.
    """

    first: SamplesRecorded
    quantity: Quantity
    base: tuple[Scores, ...]
    run: tuple[Scores, ...]
    medians: tuple[float, float]
    count: int
    machine: float | None

    def held(self, *takes: int) -> Contrast:
        """The base against some takes of the run, all without a name."""
        chosen = [self.run[take] for take in takes] or self.run
        return contrast(np.concatenate(self.base), np.concatenate(chosen), self.quantity.between)

    def steady(self, alpha: float) -> bool:
        """Whether the takes of the run are alike: what comes and goes between them is no drift."""
        pairs = [contrast(a, b, self.quantity.between) for a, b in combinations(self.run, 2)]
        return not any(self.told(pair, len(pairs) * pair.p_value, alpha) for pair in pairs)

    def told(self, found: Contrast, p_value: float, alpha: float) -> bool:
        """Whether a change is sure, and large enough to matter."""
        return p_value <= alpha and abs(found.difference) >= math.log1p(self.quantity.relevant)


def compare_samples(base: Run, run: Run, *, alpha: float, other_hardware: bool) -> tuple[list[SampleChange], list[str]]:
    """Every quantity that both runs measured, and a sentence for each that is left out.

    Welch's t-test of block medians of the logarithm, its variance widened by what healthy runs differ by beyond their
    rounds; p-values of all quantities are corrected after Holm. A quantity that is timed in turns with a yardstick is
    compared in units of it, which takes out what the machine did to both.
    """
    if not (base.samples and run.samples):
        return [], list(_without(base, run))
    if (other := apart(base, run)) and not other_hardware:
        return [], [f"Speed and memory: {other}; --allow-other-hardware compares them all the same."]
    found, left_out = [], []
    for name in dict.fromkeys(samples.id for samples in run.samples if samples.id not in _BESIDE):
        if reason := _incomparable(base, run, name):
            left_out.append(f"{_first(run, name).title}: {reason}.")
            continue
        found.append(_measured(base, run, name))
        if found[-1].machine is None and found[-1].quantity.beside is not None:
            left_out.append(
                f"{found[-1].first.title}: without a yardstick, what machine and network did counts as well."
            )
    return _changes(found, alpha), left_out


def _changes(found: list[Measured], alpha: float) -> list[SampleChange]:
    whole, first = [each.held() for each in found], [each.held(0) for each in found]
    corrected = [holm([one.p_value for one in contrasts]) for contrasts in (whole, first)]
    return [
        _change(each, (of_all, of_first), (p_all, p_first), alpha)
        for each, of_all, of_first, p_all, p_first in zip(found, whole, first, *corrected, strict=True)
    ]


def _change(
    each: Measured, contrasts: tuple[Contrast, Contrast], p_values: tuple[float, float], alpha: float
) -> SampleChange:
    whole = contrasts[0]
    low, high = whole.interval(alpha)
    alarms = [each.told(found, p_value, alpha) for found, p_value in zip(contrasts, p_values, strict=True)]
    return SampleChange(
        id=each.first.id, title=each.first.title, unit=each.first.unit, base=each.medians[0], run=each.medians[1],
        ratio=math.exp(whole.difference), low=math.exp(low), high=math.exp(high), p_value=p_values[0],
        relevant=each.quantity.relevant, count=each.count, judgement=_judged(each, alarms, whole, (low, high), alpha),
        machine=each.machine,
    )  # fmt: skip


def _judged(
    each: Measured, alarms: list[bool], whole: Contrast, limits: tuple[float, float], alpha: float
) -> Judgement:
    """An alarm of all takes, or of the first alone, is believed only where the takes are alike."""
    grows = 1.0 if each.first.better == "lower" else -1.0
    if any(alarms) and not each.steady(alpha):
        return Judgement.FLAKY
    if alarms[0]:
        return Judgement.WORSE if grows * whole.difference > 0 else Judgement.BETTER
    most = max(grows * limit for limit in limits)
    return Judgement.UNCHANGED if most < math.log1p(each.quantity.relevant) else Judgement.UNDECIDED


def _measured(base: Run, run: Run, name: str) -> Measured:
    quantity = QUANTITIES.get(name, OTHER)
    both = [_takes(each, name) for each in (base, run)]
    beside = [_beside(each, name) for each in (base, run)]
    if not all(beside) or any(_lengths(a) != _lengths(b) for a, b in zip(both, beside, strict=True)):
        beside = [[np.ones_like(values) for values in takes] for takes in both]
        machine = None
    else:
        machine = float(np.median(np.concatenate(beside[1])) / np.median(np.concatenate(beside[0])))
    blocks = [
        tuple(block_medians(np.log(values / unit), ROUNDS) for values, unit in zip(takes, units, strict=True))
        for takes, units in zip(both, beside, strict=True)
    ]
    medians = [float(np.median(np.concatenate(takes))) for takes in both]
    count = min(sum(_lengths(takes)) for takes in both)
    return Measured(_first(run, name), quantity, blocks[0], blocks[1], (medians[0], medians[1]), count, machine)


def _takes(run: Run, name: str) -> list[Scores]:
    """The values of a quantity, take by take."""
    samples = sorted((each for each in run.samples if each.id == name), key=lambda each: each.take)
    return [np.array(each.values, dtype=np.float64) for each in samples]


def _beside(run: Run, name: str) -> list[Scores]:
    """What was timed in turns with a quantity, take by take; empty where nothing was."""
    beside = QUANTITIES.get(name, OTHER).beside
    return [] if beside is None else _takes(run, beside)


def _other_yardstick(base: Run, run: Run) -> str:
    """Versions that the yardstick depends on, where they are not the same; empty where they are."""
    told = []
    for each in (base, run):
        facts = each.started.environment
        told.append(f"Python {facts.get('python')} with numpy {facts.get('packages', {}).get('numpy')}")
    return "" if told[0] == told[1] else f"{told[0]} in the base and {told[1]} in the run"


def _lengths(takes: list[Scores]) -> list[int]:
    return [values.size for values in takes]


def _first(run: Run, name: str) -> SamplesRecorded:
    return next(samples for samples in run.samples if samples.id == name)


def _without(base: Run, run: Run) -> Iterator[str]:
    for role, each in (("base", base), ("run", run)):
        if not each.samples:
            yield f"Speed and memory: the {role} {each.id[:8]} has no samples; performance.latency records them."


def _incomparable(base: Run, run: Run, name: str) -> str | None:
    """Why a quantity of the run cannot be held against the base's; None where it can."""
    before = [samples for samples in base.samples if samples.id == name]
    first = _first(run, name)
    if not before:
        return "the base has no samples of it"
    if (before[0].title, before[0].unit) != (first.title, first.unit):
        return f"the base measured {before[0].title} in {before[0].unit}, and the run in {first.unit}"
    if name == "memory" and (base.started.profile, base.started.planned) != (run.started.profile, run.started.planned):
        return "the runs made other checks, and what these leave in memory counts as well; compare runs of one profile"
    if _beside(base, name) and _beside(run, name) and (other := _other_yardstick(base, run)):
        return f"the yardstick that it is held against is computed by {other}; compare runs of one version"
    for role, each in (("base", base), ("run", run)):
        if any(values.size < 2 or not (np.isfinite(values) & (values > 0)).all() for values in _takes(each, name)):
            return f"the {role} has a take with fewer than two samples, or one that is not above 0"
    return None
