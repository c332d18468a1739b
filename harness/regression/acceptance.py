"""What accepting a run as the new base gives up: how each margin moved, and a reason why that is right."""

from __future__ import annotations

from harness.core.comparison import Comparison, FindingChange
from harness.core.errors import UsageError
from harness.core.run import Run


def margins(comparison: Comparison) -> list[FindingChange]:
    """The findings whose margin both runs know, the largest losses first, as shares of their limits: so those of
    different units can be put in order.
    """
    known = [change for change in comparison.findings if change.margin_moved is not None]
    return sorted(known, key=lambda change: (share_moved(change), change.finding.check, change.finding.subject))


def share_moved(change: FindingChange) -> float:
    """How far a margin moved as a share of the limit; where that is 0, how far it moved. Negative for a loss."""
    moved, limit = change.margin_moved or 0.0, change.finding.limit
    return moved / abs(limit) if limit else moved


def reason_of(text: str) -> str:
    """The reason in one line; UsageError where it says nothing."""
    if not (reason := " ".join(text.split())):
        raise UsageError("a new base needs a reason that says why what changed is right; give one: --reason TEXT")
    return reason


def require_whole(run: Run) -> None:
    """UsageError for a run that was cut short: a base has to know what it stands for."""
    if run.finished is None:
        raise UsageError(f"the run {run.id[:8]} did not come to its end, so it can be no base; finish or repeat it")
