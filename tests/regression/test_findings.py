"""What became of each finding, and what nothing can be said of."""

from dataclasses import replace
from typing import Any

import pytest

from harness.core.comparison import BaselineState, FindingChange, Judgement
from harness.core.events import DeviceUnavailable, FindingMade, RunFinished, RunStarted
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.regression.findings import MOVED, compare_findings, uncompared

STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "m"}, "cpu", "ci", {}, id="a")
PASSED = Finding(
    "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 0.1, 1.0, 0.9,
    "logit", "", "", "", "", 0.1,
)  # fmt: skip
FAILED = replace(PASSED, status=Status.FAIL, value=1.5, margin=-0.5)
HELD_BACK = replace(PASSED, status=Status.NOT_VERIFIED, value=None, limit=None, margin=None)
BROKEN = replace(HELD_BACK, status=Status.ERROR)


def run(*findings: Finding, planned: tuple[str, ...] = ("numerics.values",), cut: bool = False, **started: Any) -> Run:
    events = [replace(STARTED, planned=planned, **started), *map(FindingMade, findings)]
    return Run.of([*events, *([] if cut else [RunFinished("")])])


def only(base: Run, other: Run) -> FindingChange:
    (change,) = compare_findings(base, other)
    return change


def about(finding: Finding, **changed: Any) -> Finding:
    return replace(finding, subject="another", **changed)


def test_a_run_beside_itself_is_unchanged() -> None:
    change = only(run(FAILED), run(FAILED))
    assert (change.state, change.judgement, change.margin_moved) == (BaselineState.UNCHANGED, Judgement.UNCHANGED, 0.0)


@pytest.mark.parametrize(
    ("before", "now", "judgement"),
    [
        (PASSED, FAILED, Judgement.WORSE), (PASSED, BROKEN, Judgement.WORSE), (PASSED, HELD_BACK, Judgement.WORSE),
        (FAILED, PASSED, Judgement.BETTER), (HELD_BACK, PASSED, Judgement.BETTER),
        (FAILED, HELD_BACK, Judgement.UNDECIDED), (BROKEN, FAILED, Judgement.UNDECIDED),
        (PASSED, replace(PASSED, status=Status.WARN), Judgement.UNCHANGED),
        (PASSED, replace(HELD_BACK, severity=Severity.INFO), Judgement.UNCHANGED),
    ],
)  # fmt: skip
def test_another_status_is_an_update_and_worse_where_it_newly_falls_short(
    before: Finding, now: Finding, judgement: Judgement
) -> None:
    change = only(run(before), run(now))
    assert (change.state, change.judgement) == (BaselineState.UPDATED, judgement)


@pytest.mark.parametrize(("share", "state"), [(0.5, BaselineState.UNCHANGED), (2.0, BaselineState.UPDATED)])
def test_a_margin_that_moved_by_a_noticeable_share_of_its_limit_is_an_update(
    share: float, state: BaselineState
) -> None:
    change = only(run(PASSED), run(replace(PASSED, value=0.1 + share * MOVED, margin=0.9 - share * MOVED)))
    assert (change.state, change.judgement) == (state, Judgement.UNCHANGED)
    assert change.margin_moved == pytest.approx(-share * MOVED)


def test_a_figure_that_claims_nothing_may_take_any_value() -> None:
    seconds = replace(PASSED, limit=None, margin=None, severity=Severity.INFO)
    assert only(run(seconds), run(replace(seconds, value=9.0))).state is BaselineState.UNCHANGED


def test_a_failure_of_a_subject_that_the_check_did_not_find_before_is_new_and_worse() -> None:
    change = compare_findings(run(PASSED), run(PASSED, about(FAILED)))[1]
    assert (change.state, change.judgement) == (BaselineState.NEW, Judgement.WORSE)


def test_a_failure_that_the_check_no_longer_finds_is_absent_and_better() -> None:
    change = compare_findings(run(PASSED, about(FAILED)), run(PASSED))[1]
    assert (change.state, change.judgement, change.finding) == (
        BaselineState.ABSENT, Judgement.BETTER, about(FAILED),
    )  # fmt: skip


def test_a_check_that_was_held_back_has_repaired_nothing() -> None:
    found = compare_findings(run(about(FAILED)), run(HELD_BACK))
    assert [(c.state, c.judgement) for c in found] == [
        (BaselineState.NEW, Judgement.WORSE), (BaselineState.ABSENT, Judgement.UNDECIDED),
    ]  # fmt: skip


def test_what_a_shorter_run_never_asked_is_not_absent_but_told() -> None:
    base, shorter = run(PASSED), run(replace(PASSED, check="a.b"), planned=("a.b",))
    assert [change.state for change in compare_findings(base, shorter)] == [BaselineState.NEW]
    assert uncompared(base, shorter) == [
        "Findings: the run did not plan 1 check (numerics.values) of the base; nothing is said of what they found.",
        "Findings: the base did not plan 1 check (a.b) of the run; how they stood is not known.",
    ]


def test_a_failure_of_a_check_that_the_base_did_not_make_is_undecided() -> None:
    assert only(run(planned=("a.b",)), run(FAILED)).judgement is Judgement.UNDECIDED


def test_what_a_run_that_was_cut_short_did_not_reach_is_not_absent_but_told() -> None:
    cut = run(cut=True)
    assert compare_findings(run(FAILED), cut) == []
    assert "the run ended before it had made 1 check (numerics.values)" in uncompared(run(FAILED), cut)[0]


def test_a_run_without_its_device_has_repaired_nothing() -> None:
    started = replace(STARTED, planned=("numerics.values",))
    lost = Run.of([started, DeviceUnavailable("cpu", "gone", required=False), RunFinished("")])
    assert compare_findings(run(FAILED), lost) == []


def test_findings_of_another_device_are_left_out() -> None:
    base, other = run(PASSED), run(replace(PASSED, device="cuda"), device="cuda")
    assert compare_findings(base, other) == []
    assert uncompared(base, other) == [
        "Findings: the base was made on cpu and the run on cuda; findings are of a device."
    ]
