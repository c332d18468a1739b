"""Speed and memory of a run beside a base: a test over repeated measurements, never a bare threshold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from harness.core.comparison import Judgement, SampleChange
from harness.core.run import Run
from harness.core.scores import Scores
from harness.regression.hardware import apart
from harness.regression.measured import OTHER, QUANTITIES, YARDSTICKS, Measured, Series
from harness.statistics.blocks import Contrast, contrast
from harness.statistics.corrections import holm
from harness.statistics.intervals import smallest_detectable_change

#: A larger loss than matters is excluded by one-sided tests at half of this level (Schuirmann 1987).
EXCLUDED = 0.1
#: Fewer rounds exclude nothing: one odd block would be half of what is known.
LEAST_ROUNDS = 5


def compare_samples(base: Run, run: Run, *, alpha: float, other_hardware: bool) -> tuple[list[SampleChange], list[str]]:
    """Every quantity that both runs measured, and a sentence for each that is left out or means less than it says.

    Welch's t-test of block medians of the logarithm, its variance widened by what healthy runs differ by beyond their
    rounds; p-values of all quantities are corrected after Holm. A quantity that is timed in turns with a yardstick is
    compared in units of it, which takes out most of what the machine did to both; the rest widens the variance.
    """
    if not (base.samples and run.samples):
        return [], list(_without(base, run))
    if (other := apart(base, run)) and not other_hardware:
        return [], [f"Speed and memory: {other}; --allow-other-hardware compares them all the same."]
    found, left_out = [], []
    for name in dict.fromkeys(samples.id for samples in run.samples if samples.id not in YARDSTICKS):
        each = _measured(base, run, name)
        if isinstance(each, str):
            left_out.append(each)
        else:
            found.append(each)
    changes = _changes(found, alpha)
    return changes, [*left_out, *_without_yardstick(found), *_unseen(found, changes, alpha)]


def _measured(base: Run, run: Run, name: str) -> Measured | str:
    """A quantity of the run, or a sentence that says why it cannot be held against the base's."""
    before, now = Series.of(base, name), Series.of(run, name)
    assert now is not None
    if before is None:
        return f"{now.told.title}: the base has no samples of it."
    measured = Measured(QUANTITIES.get(name, OTHER), before, now)
    reason = _incomparable(measured) or _made_otherwise(base, run, measured)
    return f"{now.told.title}: {reason}." if reason else measured


def _incomparable(measured: Measured) -> str | None:
    before, now = measured.base, measured.run
    if (before.told.title, before.told.unit) != (now.told.title, now.told.unit):
        return f"the base measured {before.told.title} in {before.told.unit}, and the run in {now.told.unit}"
    for role, each in (("base", before), ("run", now)):
        if not each.sound:
            return f"the {role} has a take with fewer than two samples, or one that is not above 0"
    return None


def _made_otherwise(base: Run, run: Run, measured: Measured) -> str | None:
    """What both runs measured, but not in the same way."""
    if measured.machine is not None and (other := _other_yardstick(base, run)):
        return f"the yardstick that it is held against is computed by {other}; compare runs of one version"
    asked = [(each.started.profile, each.started.planned) for each in (base, run)]
    if measured.run.told.id == "memory" and asked[0] != asked[1]:
        return "the runs made other checks, and what these leave in memory counts as well; compare runs of one profile"
    return None


def _other_yardstick(base: Run, run: Run) -> str:
    """Versions that the yardstick depends on, where they are not the same; empty where they are."""
    told = []
    for each in (base, run):
        facts = each.started.environment
        told.append(f"Python {facts.get('python')} with numpy {facts.get('packages', {}).get('numpy')}")
    return "" if told[0] == told[1] else f"{told[0]} in the base and {told[1]} in the run"


def _changes(found: list[Measured], alpha: float) -> list[SampleChange]:
    whole, first = [each.whole for each in found], [each.first for each in found]
    corrected = [holm([one.p_value for one in contrasts]) for contrasts in (whole, first)]
    return [
        _change(each, of_all, p_all, _is_told(each, of_first, p_first, alpha), alpha)
        for each, of_all, of_first, p_all, p_first in zip(found, whole, first, *corrected, strict=True)
    ]


def _change(each: Measured, whole: Contrast, p_value: float, first_alarms: bool, alpha: float) -> SampleChange:
    low, high = whole.interval(alpha)
    return SampleChange(
        id=each.run.told.id, title=each.run.told.title, unit=each.run.told.unit, base=each.base.median,
        run=each.run.median, ratio=math.exp(whole.difference), low=math.exp(low), high=math.exp(high),
        p_value=p_value, relevant=each.quantity.relevant, count=min(each.base.count, each.run.count),
        judgement=_judged(each, whole, _is_told(each, whole, p_value, alpha), first_alarms, alpha),
        machine=each.machine,
    )  # fmt: skip


def _judged(each: Measured, whole: Contrast, alarms: bool, first_alarms: bool, alpha: float) -> Judgement:
    """An alarm of all takes, or of the first alone, is believed only where the takes of each run are alike."""
    if (alarms or first_alarms) and not all(_steady(takes, each, alpha) for takes in each.blocks):
        return Judgement.FLAKY
    sign = 1.0 if each.run.told.better == "lower" else -1.0
    if alarms:
        return Judgement.WORSE if sign * whole.difference > 0.0 else Judgement.BETTER
    if min(each.base.count, each.run.count) < LEAST_ROUNDS:
        return Judgement.UNDECIDED
    loss = max(sign * limit for limit in whole.interval(EXCLUDED))
    return Judgement.UNCHANGED if loss < math.log1p(each.quantity.relevant) else Judgement.UNDECIDED


def _steady(takes: tuple[Scores, ...], each: Measured, alpha: float) -> bool:
    """Whether the takes of one run are alike: what comes and goes between them is no drift."""
    pairs = [contrast(a, b, each.between) for a, b in combinations(takes, 2)]
    return not any(_is_told(each, pair, len(pairs) * pair.p_value, alpha) for pair in pairs)


def _is_told(each: Measured, found: Contrast, p_value: float, alpha: float) -> bool:
    """Whether a change is sure, and large enough to matter."""
    return p_value <= alpha and abs(found.difference) >= math.log1p(each.quantity.relevant)


def _without(base: Run, run: Run) -> Iterator[str]:
    for role, each in (("base", base), ("run", run)):
        if not each.samples:
            yield f"Speed and memory: the {role} {each.id[:8]} has no samples; performance.latency records them."


def _without_yardstick(found: list[Measured]) -> Iterator[str]:
    for each in found:
        if each.machine is None and each.quantity.beside is not None:
            yield f"{each.run.told.title}: without a yardstick, what machine and network did counts as well."


def _unseen(found: list[Measured], changes: list[SampleChange], alpha: float) -> Iterator[str]:
    """What could not have been told where the machine is the reason."""
    for each, change in zip(found, changes, strict=True):
        if change.judgement is Judgement.UNDECIDED and each.blurred > 0.5:
            least = math.expm1(smallest_detectable_change(each.whole.error, 1, alpha=alpha))
            yield (
                f"{change.title}: the machine's own speed moved by {each.moved:.0%} meanwhile, so that a change of "
                f"less than {least:.0%} could hardly be told."
            )
