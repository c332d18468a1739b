"""Accepted failures: an entry is needed, in time and to the point, or it is a failure itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import UsageError
from harness.core.events import FindingMade, RunFinished, RunStarted
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status, Verdict
from harness.core.waivers import Justification, Waiver, apply, as_accepted, read_waivers

TODAY = date(2026, 11, 23)
WAIVER = Waiver(
    1, "numerics.values", "ana@example.com", "coarse", "https://example.com/1", TODAY, Justification.RISK_ACCEPTED
)
ENTRY = {
    "check": "numerics.values", "owner": "ana@example.com", "reason": "coarse", "link": "https://example.com/1",
    "expires": "2027-01-31", "justification": "FixDeferred",
}  # fmt: skip


def finding(check: str = "numerics.values", status: Status = Status.FAIL, **changes: Any) -> Finding:
    made = Finding(
        check=check, title="", area=Area.NUMERICS, stage=Stage.FORWARD, status=status, severity=Severity.MAJOR,
        device="cpu", message="m", value=None, limit=None, margin=None, unit="", evidence="", remedy="", subject="",
        reproduce="", seconds=0.0,
    )  # fmt: skip
    return replace(made, **changes)


def run_of(*findings: Finding, device: str = "cpu", **changes: Any) -> Run:
    target, model = {"spec": "tei+http://host"}, {"id": "tiny", "digest": "sha256:ab"}
    planned = tuple(dict.fromkeys(f.check for f in findings))
    began = RunStarted("2026-11-23T00:00:00+00:00", target, model, device, "ci", {}, planned, id=f"run-{device}")
    return Run.of([replace(began, **changes), *map(FindingMade, findings), RunFinished("2026-11-23T00:01:00+00:00")])


FAILED = run_of(finding(), finding("numerics.order", Status.PASS))


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(**changes: str | None) -> Path:
        fields = {name: value for name, value in {**ENTRY, **changes}.items() if value is not None}
        lines = [f'{name} = "{value}"' for name, value in fields.items()]
        path = tmp_path / "waivers.toml"
        path.write_text("\n".join(['schema = "rerank-harness/waivers/1"', "[[waiver]]", *lines]), encoding="utf-8")
        return path

    return write


def test_what_is_accepted_counts_as_a_warning() -> None:
    waived = apply([WAIVER], [FAILED], TODAY)
    assert (FAILED.verdict, as_accepted(FAILED, waived.accepted).verdict) == (Verdict.FAIL, Verdict.PASS)
    assert waived.problems == ()


@pytest.mark.parametrize(
    ("waiver", "problem"),
    [
        (replace(WAIVER, expires=date(2026, 11, 22)), "expired on 2026-11-22"),
        (replace(WAIVER, check="numerics.order"), "is not needed"),
        (replace(WAIVER, check="numerics.valuse"), "matches nothing"),
        (replace(WAIVER, device="cuda"), "matches nothing"),
        (replace(WAIVER, subject="language=de"), "matches nothing"),
        (replace(WAIVER, target="reference"), "matches nothing"),
        (replace(WAIVER, model="other"), "matches nothing"),
    ],
)
def test_an_entry_that_has_expired_passes_or_matches_nothing_is_a_problem(waiver: Waiver, problem: str) -> None:
    waived = apply([waiver], [FAILED], TODAY)
    assert (len(waived.problems), waived.accepted) == (1, ())
    assert problem in waived.problems[0]
    assert waived.problems[0].startswith(f"waiver 1 ({waiver.check}, ana@example.com)")


@pytest.mark.parametrize(
    "waiver",
    [
        replace(WAIVER, check="numerics.v*"), replace(WAIVER, device="c?u"), replace(WAIVER, model="sha256:*"),
        replace(WAIVER, target="tei+*", model="tiny"),
    ],
)  # fmt: skip
def test_patterns_match(waiver: Waiver) -> None:
    assert len(apply([waiver], [FAILED], TODAY).accepted) == 1


def test_a_device_is_known_by_its_kind_too() -> None:
    run = run_of(finding(), device="cuda:1")
    assert len(apply([replace(WAIVER, device="cuda")], [run], TODAY).accepted) == 1


def test_an_entry_accepts_on_no_other_device() -> None:
    runs = [FAILED, run_of(finding(), device="cuda")]
    assert {entry.run for entry in apply([replace(WAIVER, device="cuda")], runs, TODAY).accepted} == {"run-cuda"}


def test_what_does_not_apply_needs_no_waiver() -> None:
    run = run_of(finding(status=Status.NOT_VERIFIED, severity=Severity.INFO))
    assert "is not needed" in apply([WAIVER], [run], TODAY).problems[0]


@pytest.mark.parametrize(
    "waiver", [replace(WAIVER, device="cuda"), replace(WAIVER, check="prompt.template"), replace(WAIVER, target="x")]
)
def test_one_run_alone_leaves_entries_for_others_alone(waiver: Waiver) -> None:
    assert apply([waiver], [FAILED], TODAY, {"numerics.values", "prompt.template"}).problems == ()


def test_an_entry_for_a_check_that_nobody_knows_is_a_problem_everywhere() -> None:
    waiver = replace(WAIVER, check="prompt.tmeplate", device="cuda")
    assert apply([waiver], [FAILED], TODAY, {"numerics.values", "prompt.template"}).problems != ()


def test_entries_are_read(written: Callable[..., Path]) -> None:
    (waiver,) = read_waivers(written(device="cuda"))
    assert (waiver.number, waiver.device, waiver.expires) == (1, "cuda", date(2027, 1, 31))
    assert waiver.justification is Justification.FIX_DEFERRED


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"owner": None}, "waiver 1: 'owner' is missing"),
        ({"expires": "2027-02-31"}, "waiver 1, expires: day is out of range"),
        ({"expires": "soon"}, "waiver 1, expires"),
        ({"justification": "RiskAcepted"}, "did you mean 'RiskAccepted'"),
        ({"ownr": "x"}, "there is no key 'ownr'; did you mean 'owner'?"),
        ({"link": "see the wiki"}, "waiver 1, link"),
        ({"reason": " "}, "waiver 1, reason"),
        ({"check": "x" * 201}, "waiver 1, check"),
    ],
)
def test_a_wrong_entry_is_told_with_file_and_number(
    changes: dict[str, str | None], told: str, written: Callable[..., Path]
) -> None:
    with pytest.raises(UsageError) as error:
        read_waivers(written(**changes))
    assert "waivers.toml" in str(error.value)
    assert told in str(error.value)


def test_no_pattern_takes_long() -> None:
    run = run_of(finding(subject="a" * 20_000))
    assert apply([replace(WAIVER, subject="*a" * 99 + "b")], [run], TODAY).accepted == ()
