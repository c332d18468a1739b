"""What one run is beside another: every change with how sure it is, and a judgement that says better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.core.findings import Finding

#: How often healthy runs may raise an alarm, in each family of tests.
ALPHA = 0.01
#: Loss of a mean metric that would not matter. Computed in bfloat16, in whatever batches, the embedded model moves the
#: means over the embedded collection by up to 0.007 from those in float32, and by less than 1e-9 within float32.
MARGIN = 0.01


class Judgement(StrEnum):
    """What a difference between two runs amounts to."""

    WORSE = "worse"
    BETTER = "better"
    UNCHANGED = "unchanged"
    """No difference beyond noise, or none that matters; where a margin is stated, shown to be within it."""
    UNDECIDED = "undecided"
    """Too few measurements to say either."""
    FLAKY = "flaky"
    """Seen in one take and gone in the next: no drift, but nothing to rely on either."""


class BaselineState(StrEnum):
    """What a finding is beside the same finding of the base (SARIF 2.1.0 §3.27.24)."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class RunName:
    """A run as a comparison names it."""

    id: str
    started: str
    verdict: str
    target: str
    model: str | None
    device: str
    profile: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of environment or inputs that is not the same in both runs."""

    name: str
    base: str
    run: str


@dataclass(frozen=True, slots=True)
class QualityChange:
    """A metric over the queries of a slice ("" for all, else e.g. "language=de"), paired query by query.

    `difference` is the mean of run - base with its interval [`low`, `high`]; `p_value` is that of the paired
    randomisation test, corrected for all metrics and slices together. `margin` is the loss that would not matter, and
    `noninferior` says whether a larger one is excluded. `detectable` is the smallest change that queries which differ
    as these do could have shown (None where nothing differs, or of one query). `worst` are the queries that lost most,
    with how much.
    """

    metric: str
    slice: str
    base: float
    run: float
    difference: float
    low: float
    high: float
    p_value: float
    wins: int
    ties: int
    losses: int
    margin: float
    noninferior: bool
    detectable: float | None
    worst: tuple[tuple[str, float], ...]
    judgement: Judgement

    @property
    def count(self) -> int:
        """Queries that were compared."""
        return self.wins + self.ties + self.losses


@dataclass(frozen=True, slots=True)
class MovedScore:
    """A pair whose score moved beyond noise, in logits; `take_apart` is how far the run's own takes are apart there."""

    query: str
    document: str
    base_logit: float
    run_logit: float
    take_apart: float | None
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Flip:
    """Two documents of a query that changed places: `above` stood above `below` in the base, by `gap_logit`.

    `grades_apart` is grade(above) - grade(below): positive where the right order was lost.
    """

    query: str
    above: str
    below: str
    gap_logit: float
    grades_apart: int


@dataclass(frozen=True, slots=True)
class ScoreChanges:
    """All pairs that both runs scored: what moved beyond `noise_logit`, and which documents changed places for it.

    `moved` and `flips` hold the largest first, at most as many as are worth reading; the counts count all of them.
    """

    compared: int
    noise_logit: float
    moved_count: int
    flaky_count: int
    flipped_count: int
    ties_apart: int
    """Pairs of documents that have one score in one run, and two in the other."""
    largest_logit: float
    moved: tuple[MovedScore, ...]
    flips: tuple[Flip, ...]
    judgement: Judgement
    message: str
    """What a reader must know beside the figures; empty where they say it all."""
    ties_p_value: float = 1.0
    """How often chance alone would tie (or untie) documents in as many more queries of one run than of the other."""


@dataclass(frozen=True, slots=True)
class SampleChange:
    """A quantity that was measured repeatedly in both runs: medians, and the ratio run/base with its interval.

    `relevant` is the smallest relative change that matters; `p_value` is corrected for all quantities together.
    `machine` is how many times as long a yardstick took in the run, which the ratio leaves out; None without one.
    """

    id: str
    title: str
    unit: str
    base: float
    run: float
    ratio: float
    low: float
    high: float
    p_value: float
    relevant: float
    count: int
    judgement: Judgement
    machine: float | None = None


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding beside the same one (check, subject and device) of the base.

    `judgement` is worse where it newly falls short, better where it no longer does. `margin_moved` is the margin of
    the run minus that of the base, in the finding's unit.
    """

    state: BaselineState
    base: Finding | None
    run: Finding | None
    margin_moved: float | None
    judgement: Judgement

    @property
    def finding(self) -> Finding:
        """The run's finding, or that of the base where the run has none."""
        found = self.run or self.base
        if found is None:
            raise ValueError("a change of a finding needs the finding of at least one run")
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run held against a base. `left_out` says in sentences what could not be compared and why."""

    base: RunName
    run: RunName
    differences: tuple[Difference, ...]
    quality: tuple[QualityChange, ...]
    scores: ScoreChanges | None
    samples: tuple[SampleChange, ...]
    findings: tuple[FindingChange, ...]
    left_out: tuple[str, ...]
    alpha: float
    """Error rate of each family (quality, ties, samples): how often a healthy pair of runs may raise an alarm in it."""

    @property
    def judgement(self) -> Judgement:
        """The gravest of all: worse before flaky before better; undecided where nothing at all was compared."""
        parts = (self.quality, self.samples, self.findings, (self.scores,) if self.scores else ())
        found = {change.judgement for part in parts for change in part}
        graver = (Judgement.WORSE, Judgement.FLAKY, Judgement.BETTER, Judgement.UNCHANGED)
        return next((judgement for judgement in graver if judgement in found), Judgement.UNDECIDED)
