"""What a new base gives up is shown, and why that is right has to be said."""

from dataclasses import replace

import pytest

from harness.core.errors import UsageError
from harness.core.events import FindingMade, RunFinished, RunStarted
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.regression.acceptance import margins, reason_of, require_whole, share_moved
from harness.regression.compare import compare

STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "m"}, "cpu", "ci", {}, id="a")
FINDING = Finding(
    "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 1.0, 10.0, 9.0,
    "logit", "", "", "", "", 0.1,
)  # fmt: skip


def run(**margin: float) -> Run:
    """A run with a finding a subject, of these margins."""
    found = [FindingMade(replace(FINDING, subject=name, margin=value)) for name, value in margin.items()]
    silent = FindingMade(replace(FINDING, subject="silent", margin=None, limit=None))
    return Run.of([STARTED, *found, silent, RunFinished("")])


def test_every_margin_is_shown_the_largest_loss_first() -> None:
    moves = margins(compare(run(gained=1.0, lost=9.0, kept=5.0), run(gained=3.0, lost=4.0, kept=5.0)))
    assert [(move.finding.subject, move.margin_moved) for move in moves] == [
        ("lost", -5.0),
        ("kept", 0.0),
        ("gained", 2.0),
    ]


def test_losses_of_different_units_are_put_in_order_as_shares_of_their_limits() -> None:
    (move,) = margins(compare(run(a=9.0), run(a=4.0)))
    assert share_moved(move) == -0.5


def test_without_a_limit_above_zero_the_margin_itself_counts() -> None:
    base, now = (replace(FINDING, limit=0.0, value=0.0, margin=margin) for margin in (0.0, -2.0))
    (move,) = margins(compare(*(Run.of([STARTED, FindingMade(each), RunFinished("")]) for each in (base, now))))
    assert share_moved(move) == -2.0


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_reason_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        reason_of(text)


def test_a_reason_is_one_line() -> None:
    assert reason_of(" new kernel,\n measured twice ") == "new kernel, measured twice"


def test_a_run_that_was_cut_short_is_no_base() -> None:
    with pytest.raises(UsageError, match="did not come to its end"):
        require_whole(Run.of([STARTED]))
