"""A benchmark held against an earlier one: a test over the samples decides, not a bare threshold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from harness.benchmark.result import Benchmark, Entry
from harness.core.errors import UsageError
from harness.statistics.corrections import holm

#: Change of the median that matters to anybody; less is not told, however sure it is.
RELEVANT = 0.05
#: Error rate over all entries together, by Holm's correction.
ALPHA = 0.01
#: With fewer rounds a side no test can reach that level over a dozen entries: 2 / C(16, 8) is 1.6e-4.
LEAST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of both runs: the ratio of the medians (above 1: slower now) and the p-value, corrected for all."""

    contender: str
    documents: int
    length: int
    ratio: float
    p_value: float
    rounds: int

    @property
    def verdict(self) -> str:
        """slower, faster, unchanged, or that there are too few rounds to tell."""
        if self.rounds < LEAST_ROUNDS:
            return f"not decided: {self.rounds} rounds, {LEAST_ROUNDS} are needed"
        if self.p_value > ALPHA or abs(self.ratio - 1.0) < RELEVANT:
            return "unchanged"
        return "slower" if self.ratio > 1.0 else "faster"


def compare(before: Benchmark, now: Benchmark, *, other_hardware: bool = False) -> list[Change]:
    """Every entry that both runs have, by a two-sided Mann-Whitney test of the seconds (Mann & Whitney 1947), corrected
    after Holm (1979). UsageError as `refuse_others`, and where the runs have no entry in common.
    """
    refuse_others(before, now, other_hardware=other_hardware)
    both = [(old, new) for old, new in product(before.entries, now.entries) if _same(old, new)]
    if not both:
        raise UsageError("the two runs have no contender, documents and length in common; run bench with the same ones")
    corrected = holm([_p_value(old, new) for old, new in both])
    return [
        Change(
            new.contender, new.documents, new.length, new.median / old.median, p_value,
            min(len(old.seconds), len(new.seconds)),
        )
        for (old, new), p_value in zip(both, corrected, strict=True)
    ]  # fmt: skip


def _same(old: Entry, new: Entry) -> bool:
    return (old.contender, old.cell) == (new.contender, new.cell)


def _p_value(old: Entry, new: Entry) -> float:
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(new.seconds, old.seconds, alternative="two-sided").pvalue)


def refuse_others(before: Benchmark, now: Benchmark, *, other_hardware: bool = False) -> None:
    """UsageError where model, device or dtype differ, or (unless allowed) hardware or threads; entries are not asked
    for, so that a comparison can be refused before anything is timed.
    """
    depends: dict[str, tuple[object, object]] = {
        "model": (before.model["digest"], now.model["digest"]), "device": (before.device, now.device),
        "dtype": (before.dtype, now.dtype),
    }  # fmt: skip
    if not other_hardware:
        depends |= {"hardware": (before.hardware, now.hardware), "threads": (before.threads, now.threads)}
    for what, (old, new) in depends.items():
        if old != new:
            hint = " (--allow-other-hardware compares all the same)" if what in ("hardware", "threads") else ""
            raise UsageError(f"these timings cannot be compared: {what} was {old}, and is {new} now{hint}")
