"""What a policy asks for, held against the events of runs: each thing that is not met is a reason by itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from harness.core.errors import UsageError
from harness.core.events import DeviceUnavailable, Event, FindingMade, RunFinished
from harness.core.run import Run
from harness.core.vocabulary import Severity, Status
from harness.core.waivers import read_waivers
from reports.signoff.decision import Decision, Release, decide
from reports.signoff.policy import read_policy

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
Change = Callable[..., list[Event]]
ALLOWED = '[[waivable]]\nchecks = ["numerics.*"]\nseverities = ["major"]\nowners = ["*@example.com"]\n'


@pytest.fixture
def decided(desk: Any) -> Callable[..., Decision]:
    def decision(*streams: list[Event], more: str = "", **policy: str | None) -> Decision:
        runs = [Run.of(stream) for stream in (streams or [desk.events()])]
        file = desk.folder / "waivers.toml"
        waivers = read_waivers(file) if file.exists() else ()
        return decide(runs, read_policy(desk.policy(more, **policy)), waivers, AT)

    return decision


def test_a_healthy_run_passes(decided: Callable[..., Decision]) -> None:
    assert (decided().verdict, decided().reasons) == (Release.PASS, ())


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        ({"devices": '["cpu", "cuda"]'}, "device cuda is required, and no run covered it"),
        ({"areas": '["robustness"]'}, "area robustness is not verified on cpu"),
        ({"checks": '["robustness.*"]'}, "check robustness.* is required, and nothing of it passed on cpu"),
        ({"collections": '["other"]'}, "collection other is required, and no run on cpu used it"),
        ({"profile": '"release"'}, "the profile is ci, and the policy asks for release at least"),
        ({"max_age_days": "0.5"}, "is 1 days old, and the policy allows 0.5"),
        ({"models": f'["sha256:{"c" * 64}"]'}, "is none that the policy names"),
        ({"prompts": f'["sha256:{"c" * 64}"]'}, "is none that the policy names"),
        ({"targets": '["tei+*"]'}, "the target reference is none that the policy names"),
        ({"margins": '{"numerics.values" = 0.03}'}, "margin of numerics.values is 0.02 logit on cpu"),
        ({"margins": '{"numerics.order" = 0}'}, "margin of numerics.order is required, and nothing of it has one"),
    ],
)
def test_what_is_not_met_is_told(policy: dict[str, str], reason: str, decided: Callable[..., Decision]) -> None:
    decision = decided(**policy)
    assert decision.verdict is Release.FAIL
    assert [reason in told for told in decision.reasons] == [True]


def test_a_collection_may_be_required_by_its_digest(decided: Callable[..., Decision]) -> None:
    assert decided(collections=f'["sha256:{"a" * 64}"]').verdict is Release.PASS


def test_each_device_is_held_to_everything(desk: Any, decided: Callable[..., Decision], failing: Change) -> None:
    cuda = desk.events("cuda:0", environment={"collection": "other"})
    reasons = decided(desk.events(), cuda, devices='["cpu", "cuda"]').reasons
    assert reasons == ("collection judged is required, and no run on cuda used it",)


def test_a_failure_beyond_what_is_required_fails_too(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    reasons = decided(failing(desk.events(), "prompt.template"), areas='["numerics"]').reasons
    assert reasons == ("prompt.template failed on cpu: too far off",)


@pytest.mark.parametrize("status", [Status.NOT_VERIFIED, Status.ERROR])
def test_what_was_not_verified_is_never_taken_for_passed(
    status: Status, desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    decision = decided(failing(desk.events(), status=status, margin=None))
    assert any(r.startswith("area numerics is partial on cpu because of numerics.values") for r in decision.reasons)
    assert any(r.startswith("check numerics.* is required, and not all of it passed") for r in decision.reasons)


def test_a_required_check_that_does_not_apply_has_not_passed(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    stream = failing(desk.events(), status=Status.NOT_VERIFIED, severity=Severity.INFO, margin=None)
    decision = decided(stream, checks='["numerics.values"]', margins=None)
    assert decision.reasons == ("check numerics.values is required, and nothing of it passed on cpu",)


def test_a_run_that_was_cut_short_fails_with_each_missing_check(desk: Any, decided: Callable[..., Decision]) -> None:
    reasons = decided(desk.events()[:3]).reasons
    assert any("did not come to its end" in reason for reason in reasons)
    assert any("numerics.order was planned and left no finding" in reason for reason in reasons)
    assert any("prompt.template was planned and left no finding" in reason for reason in reasons)


def test_a_finding_that_was_taken_out_is_missed(desk: Any, decided: Callable[..., Decision]) -> None:
    stream = [e for e in desk.events() if not (isinstance(e, FindingMade) and e.finding.check == "prompt.template")]
    decision = decided(stream, areas=None)
    assert any("prompt.template was planned and left no finding" in reason for reason in decision.reasons)
    assert "cpu/prompt.template" in decision.tests()[Status.FAIL]


def test_a_device_that_was_not_there_is_covered_by_nothing(desk: Any, decided: Callable[..., Decision]) -> None:
    cuda = [desk.started("cuda"), DeviceUnavailable("cuda", "no driver", False), RunFinished("2026-11-22T12:01:00Z")]
    reasons = decided(desk.events(), cuda, devices='["cpu", "cuda"]').reasons
    assert any("the device was not there (no driver)" in reason for reason in reasons)
    assert "device cuda is required, and no run covered it" in reasons


@pytest.mark.parametrize("started", ["yesterday", "2026-11-24T12:00:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_run_without_a_time_or_of_the_future_fails(started: str, desk: Any, decided: Callable[..., Decision]) -> None:
    assert decided(desk.events(started=started)).verdict is Release.FAIL


def test_different_prompts_fail_unless_the_policy_names_them(desk: Any, decided: Callable[..., Decision]) -> None:
    one, other = desk.started().inputs, {"collection": "sha256:" + "a" * 64, "prompt": "sha256:" + "d" * 64}
    streams = desk.events(), desk.events(id="f" * 32, inputs=other)
    named = f'["{one["prompt"]}", "{other["prompt"]}"]'
    assert [decided(*streams).verdict, decided(*streams, prompts=named).verdict] == [Release.FAIL, Release.PASS]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "f" * 32, "model": {"id": "other", "digest": "sha256:0"}}, "is of the model other (sha256:0), and"),
        ({"id": "f" * 32, "model": {"id": None, "digest": None}}, "names no model"),
        ({}, "is given twice"),
    ],
)
def test_runs_that_are_no_release_are_refused(
    changes: dict[str, Any], told: str, desk: Any, decided: Callable[..., Decision]
) -> None:
    with pytest.raises(UsageError) as error:
        decided(desk.events(), desk.events(**changes))
    assert told in str(error.value)


def test_a_waiver_that_the_policy_allows_makes_it_conditional(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    desk.waivers()
    decision = decided(failing(desk.events(), margin=-1.0), more=ALLOWED)
    assert (decision.verdict, decision.reasons) == (Release.CONDITIONAL, ())
    assert (decision.tests()[Status.WARN], decision.tests()[Status.FAIL]) == (("cpu/numerics.values",), ())


@pytest.mark.parametrize(
    "rule",
    [
        "", ALLOWED.replace("numerics.*", "prompt.*"), ALLOWED.replace('"major"', '"minor"'),
        ALLOWED.replace("*@example.com", "lead@example.com"),
    ],
)  # fmt: skip
def test_a_waiver_that_the_policy_does_not_allow_waives_nothing(
    rule: str, desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    desk.waivers()
    reasons = decided(failing(desk.events()), more=rule).reasons
    assert any(r.startswith("waiver 1 (numerics.values, ana@example.com) is not allowed") for r in reasons)
    assert any(r.startswith("numerics.values failed on cpu") for r in reasons)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expires": "2026-11-22"}, "expired on 2026-11-22"), ({"check": "numerics.none"}, "matches nothing"),
        ({"check": "prompt.*"}, "is not needed"),
    ],
)  # fmt: skip
def test_a_waiver_that_is_out_of_time_or_use_fails(
    changes: dict[str, str], told: str, desk: Any, decided: Callable[..., Decision]
) -> None:
    desk.waivers(**changes)
    decision = decided(more=ALLOWED)
    assert (decision.verdict, len(decision.reasons)) == (Release.FAIL, 1)
    assert told in decision.reasons[0]


def test_an_area_in_which_all_is_waived_has_not_been_verified(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    desk.waivers(check="prompt.template")
    rule = '[[waivable]]\nchecks = ["*"]\nseverities = ["critical"]\nowners = ["*"]\n'
    reasons = decided(failing(desk.events(), "prompt.template"), more=rule).reasons
    assert reasons == ("area prompt: nothing of it passed on cpu without a warning or a waiver",)


def test_the_same_test_in_two_runs_has_its_worst_result(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    other = failing(desk.events(id="f" * 32))
    tests = decided(desk.events(), other).tests()
    assert (tests[Status.FAIL], "cpu/numerics.values" in tests[Status.PASS]) == (("cpu/numerics.values",), False)


def test_what_is_told_stays_one_line_whatever_events_hold(
    desk: Any, decided: Callable[..., Decision], failing: Change
) -> None:
    stream = failing(desk.events(), message="two\nlines \ud800\x1b[31m", subject="\ud800\nx")
    decision = decided(stream)
    assert all("\n" not in reason and reason.isprintable() for reason in decision.reasons)
    assert all(name.isprintable() for names in decision.tests().values() for name in names)
