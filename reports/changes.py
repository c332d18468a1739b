"""What changed between two runs in words, the same in every report: the gravest first, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.core.comparison import (
    BaselineState,
    Comparison,
    FindingChange,
    Judgement,
    QualityChange,
    SampleChange,
    ScoreChanges,
)
from reports.tables import named
from reports.text import number, one_line, plural, quantity

#: A sign beside each word, so that no judgement is told by its colour alone.
SIGNS = {"worse": "✕", "flaky": "≈", "better": "✓", "unchanged": "=", "undecided": "○"}
_ORDER = tuple(Judgement(word) for word in SIGNS)
_HEADLINES = {
    Judgement.WORSE: "Worse than the base",
    Judgement.FLAKY: "Not worse than the base, but not steady",
    Judgement.BETTER: "Better than the base",
    Judgement.UNCHANGED: "Unchanged",
    Judgement.UNDECIDED: "Nothing could be compared",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words."""

    judgement: Judgement
    subject: str
    sentence: str


def headline(comparison: Comparison) -> str:
    """The judgement of a whole comparison."""
    return _HEADLINES[comparison.judgement]


def told(comparison: Comparison) -> tuple[Told, ...]:
    """Everything that did not stay as it was, the gravest first; what is undecided comes last."""
    parts: Iterable[Told] = (
        *_findings(comparison.findings),
        *(Told(c.judgement, quality_name(c), quality(c)) for c in comparison.quality),
        *([Told(comparison.scores.judgement, "scores", scores(comparison.scores))] if comparison.scores else []),
        *(Told(c.judgement, c.title, sample(c)) for c in comparison.samples),
    )
    changed = [each for each in parts if each.judgement is not Judgement.UNCHANGED]
    return tuple(sorted(changed, key=lambda each: _ORDER.index(each.judgement)))


def quality_name(change: QualityChange) -> str:
    """A metric and the slice that it is of."""
    return f"{change.metric} of {change.slice}" if change.slice else change.metric


def quality(change: QualityChange) -> str:
    """A metric's change, with what it rests on."""
    return (
        f"{number(change.base)} → {number(change.run)}: {change.difference:+.4f} a query "
        f"[{change.low:+.4f}, {change.high:+.4f}], {change.wins} better, {change.ties} alike, {change.losses} worse, "
        f"p {number(change.p_value)}"
    )


def scores(changes: ScoreChanges) -> str:
    """How many scores moved, and what that did to the order."""
    if changes.message:
        return changes.message
    return (
        f"{changes.moved_count} of {plural(changes.compared, 'score')} moved beyond {number(changes.noise_logit)} "
        f"logit, the largest by {number(changes.largest_logit)}; {plural(changes.flipped_count, 'pair')} changed places"
    )


def sample(change: SampleChange) -> str:
    """A measured quantity's change, with what it rests on."""
    beside = "" if change.machine is None else f"a fixed computation took {change.machine:.3f} × as long; beside it "
    return (
        f"{number(change.base)} → {quantity(change.run, change.unit)}: {beside}{change.ratio:.3f} × "
        f"[{change.low:.3f}, {change.high:.3f}], p {number(change.p_value)}; below {change.relevant:.0%} is not told"
    )


def finding(change: FindingChange) -> str:
    """What became of a finding."""
    was, now = change.base, change.run
    if was is None or now is None:
        what = "new" if change.state is BaselineState.NEW else "absent now"
        return f"{what}: {change.finding.status}, {one_line(change.finding.message)}"
    step = f"{was.status} → {now.status}" if was.status is not now.status else f"{now.status} as before"
    moved = "" if change.margin_moved is None else f", margin moved by {quantity(change.margin_moved, now.unit)}"
    return f"{step}{moved}: {one_line(now.message)}"


def _findings(changes: Iterable[FindingChange]) -> Iterator[Told]:
    for change in changes:
        if change.state is not BaselineState.UNCHANGED:
            yield Told(change.judgement, named(change.finding), finding(change))
