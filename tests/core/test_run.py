"""Verdict, areas and devices as the events have them."""

from dataclasses import replace

import pytest

from harness.core.errors import UsageError
from harness.core.events import CheckStarted, DeviceUnavailable, Event, FindingMade, RunFinished, RunStarted
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Coverage, Severity, Stage, Status, Verdict

STARTED = RunStarted("2026-01-01T00:00:00+00:00", {"spec": "reference"}, {}, "cpu", "smoke", {}, ("a.b",))
FINISHED = RunFinished("2026-01-01T00:01:00+00:00")
FINDING = Finding(
    "a.b",
    "",
    Area.NUMERICS,
    Stage.FORWARD,
    Status.PASS,
    Severity.MAJOR,
    "cpu",
    "",
    None,
    None,
    None,
    "",
    "",
    "",
    "",
    "",
    0.0,
)


def run_of(*findings: Finding, end: tuple[Event, ...] = (FINISHED,)) -> Run:
    return Run.of([STARTED, *map(FindingMade, findings), *end])


def test_all_passed_is_a_pass() -> None:
    assert run_of(FINDING).verdict is Verdict.PASS


def test_one_failure_is_a_failure_whatever_else_passed() -> None:
    assert run_of(FINDING, replace(FINDING, status=Status.FAIL)).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "finding",
    [replace(FINDING, status=Status.NOT_VERIFIED), replace(FINDING, status=Status.ERROR, severity=Severity.MINOR)],
    ids=["a major check not verified", "a check that crashed"],
)
def test_what_matters_and_was_not_verified_makes_it_incomplete(finding: Finding) -> None:
    assert run_of(FINDING, finding).verdict is Verdict.INCOMPLETE


def test_what_has_no_meaning_for_the_target_does_not_weaken_a_pass() -> None:
    assert run_of(FINDING, replace(FINDING, status=Status.NOT_VERIFIED, severity=Severity.INFO)).verdict is Verdict.PASS


def test_a_killed_run_is_incomplete_and_says_where_it_stopped() -> None:
    run = run_of(FINDING, end=(CheckStarted("c.d"),))
    assert (run.verdict, run.interrupted_in) == (Verdict.INCOMPLETE, "c.d")


def test_a_planned_check_without_a_finding_makes_it_incomplete() -> None:
    assert run_of(replace(FINDING, check="other")).verdict is Verdict.INCOMPLETE


def test_nothing_passed_is_no_pass() -> None:
    assert run_of(replace(FINDING, status=Status.WARN)).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(("required", "verdict"), [(False, Verdict.INCOMPLETE), (True, Verdict.FAIL)])
def test_a_missing_device_is_never_verified(required: bool, verdict: Verdict) -> None:
    run = run_of(end=(DeviceUnavailable("cpu", "gone", required), FINISHED))
    assert (run.verdict, run.device_coverage()["cpu"]) == (verdict, Coverage.NOT_VERIFIED)


def test_a_device_that_was_not_run_is_not_verified() -> None:
    table = run_of(FINDING).device_coverage()
    assert (table["cpu"], table["cuda"]) == (Coverage.VERIFIED, Coverage.NOT_VERIFIED)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((Status.PASS, Status.WARN), Coverage.VERIFIED),
        ((Status.PASS, Status.NOT_VERIFIED), Coverage.PARTIAL),
        ((Status.PASS, Status.FAIL), Coverage.FAILED),
        ((Status.NOT_VERIFIED,), Coverage.NOT_VERIFIED),
        ((), Coverage.NOT_VERIFIED),
    ],
)
def test_an_area_is_as_verified_as_its_findings(statuses: tuple[Status, ...], expected: Coverage) -> None:
    assert run_of(*(replace(FINDING, status=s) for s in statuses)).coverage(Area.NUMERICS) is expected


def test_a_stream_without_a_beginning_is_refused() -> None:
    with pytest.raises(UsageError, match="RunStarted"):
        Run.of([FINISHED])
