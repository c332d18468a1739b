"""What a statement claims follows from the events, or is refused by name, whoever signed it."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.core.events import Event
from reports.signoff import evidence
from reports.signoff.decision import Release
from reports.signoff.envelope import sealed
from reports.signoff.keys import read_private

Change = Callable[..., list[Event]]
ALLOWED = '[[waivable]]\nchecks = ["numerics.*"]\nseverities = ["major"]\nowners = ["*@example.com"]\n'


def resealed(desk: Any, change: Callable[[dict[str, Any]], None], key: Path | None = None) -> None:
    """Change the statement and sign it anew, as somebody with a key could."""
    content = desk.signed()
    change(content)
    signer = read_private(key or desk.key)
    desk.statement.write_text(sealed(json.dumps(content).encode(), signer))


def test_a_run_of_another_model_is_named(desk: Any) -> None:
    desk.sign()
    other = desk.events(model={"id": "other", "digest": "sha256:" + "0" * 64})
    shutil.copy(desk.run(other, "other") / "events.jsonl", desk.evidence / "runs" / "1")
    told = desk.check().mismatches
    assert "evidence: runs/1/events.jsonl was changed" in told
    assert any(line.startswith("derivation: model: tiny-causal is claimed, and other follows") for line in told)


def test_events_that_went_missing_are_named(desk: Any) -> None:
    desk.sign()
    shutil.copy(desk.run(desk.events()[:-3], "cut") / "events.jsonl", desk.evidence / "runs" / "1")
    told = desk.check().mismatches
    assert "evidence: runs/1/events.jsonl was changed" in told
    assert "derivation: result: PASSED is claimed, and FAILED follows from the events" in told


@pytest.mark.parametrize(
    "changes",
    [
        {"environment": {"collection": ["a"]}, "inputs": {"collection": {}, "prompt": [1]}}, {"target": {"spec": {}}},
        {"model": {"digest": "sha256:0", "files": 5}}, {"model": {"id": [], "digest": {}, "files": {"..": None}}},
    ],
)  # fmt: skip
def test_foreign_events_are_refused_whatever_they_hold(changes: dict[str, Any], desk: Any) -> None:
    desk.sign()
    shutil.copy(desk.run(desk.events(**changes), "foreign") / "events.jsonl", desk.evidence / "runs" / "1")
    assert "evidence: runs/1/events.jsonl was changed" in desk.check().mismatches


def test_a_run_with_missing_events_is_signed_as_failed(desk: Any) -> None:
    decision = desk.sign(desk.run(desk.events()[:-3]))
    assert (decision.verdict, desk.signed()["predicate"]["failedTests"]) == (Release.FAIL, ["cpu/prompt.template"])
    assert (desk.check().mismatches, desk.check().sound) == ((), False)


def test_a_signer_cannot_claim_what_does_not_follow_from_the_events(desk: Any) -> None:
    desk.sign(desk.run(desk.events()[:-3]))

    def passed(content: dict[str, Any]) -> None:
        content["predicate"] |= {"result": "PASSED", "failedTests": [], "passedTests": ["cpu/prompt.template"]}

    resealed(desk, passed)
    told = desk.check().mismatches
    assert "derivation: result: PASSED is claimed, and FAILED follows from the events" in told
    assert any("what passed, warned and failed does not follow" in line for line in told)


def test_a_signer_cannot_name_other_inputs_or_numbers(desk: Any) -> None:
    desk.sign()
    numbers = json.loads((desk.evidence / "numbers.json").read_text())
    numbers["runs"][0]["findings"][0]["margin"] = 9.0
    (desk.evidence / "numbers.json").write_text(json.dumps(numbers))
    new = evidence.listing(desk.evidence)["numbers.json"]

    def otherwise(content: dict[str, Any]) -> None:
        for descriptor in content["predicate"]["configuration"]:
            if descriptor["name"] in ("numbers.json", "runs/1/collection"):
                descriptor["digest"]["sha256"] = new

    resealed(desk, otherwise)
    assert desk.check().mismatches == (
        "derivation: inputs: not what the events say: runs/1/collection",
        "derivation: numbers.json: runs: not what follows from the events",
    )


def test_a_signer_cannot_bind_another_model_to_the_runs(desk: Any) -> None:
    desk.sign()
    desk.flip(desk.model / "model.safetensors")
    new = evidence.listing(desk.model)["model.safetensors"]

    def otherwise(content: dict[str, Any]) -> None:
        for subject in content["subject"]:
            subject["digest"]["sha256"] = new if subject["name"] == "model.safetensors" else subject["digest"]["sha256"]

    resealed(desk, otherwise)
    assert desk.check().mismatches == (
        "derivation: model: model.safetensors was changed, beside what the runs digested",
    )


@pytest.mark.parametrize("name", ["/etc/passwd", "../policy.toml", "a\\b"])
def test_a_statement_that_points_elsewhere_is_refused(name: str, desk: Any) -> None:
    desk.sign()
    resealed(desk, lambda content: content["subject"][0].update(name=name))
    (told,) = desk.check().mismatches
    assert "none that signoff writes, at subject/0/name" in told


def test_a_statement_of_another_kind_is_refused(desk: Any) -> None:
    desk.sign()
    resealed(desk, lambda content: content.update(predicateType="https://slsa.dev/provenance/v1"))
    assert "at predicateType" in desk.check().mismatches[0]


def test_a_waiver_that_has_expired_since_is_named(desk: Any, failing: Change) -> None:
    decision = desk.sign(desk.run(failing(desk.events())), policy=desk.policy(ALLOWED), waivers=desk.waivers())
    assert (decision.verdict, desk.check().sound) == (Release.CONDITIONAL, True)
    late = desk.check(at=datetime(2027, 2, 1, tzinfo=UTC))
    assert late.mismatches == ("waivers: waiver 1 (numerics.values, ana@example.com) expired on 2027-01-31",)


def test_a_waiver_that_had_expired_is_signed_as_failed_by_name(desk: Any, failing: Change) -> None:
    waivers = desk.waivers(expires="2026-11-22")
    decision = desk.sign(desk.run(failing(desk.events())), policy=desk.policy(ALLOWED), waivers=waivers)
    assert decision.reasons[0] == "waiver 1 (numerics.values, ana@example.com) expired on 2026-11-22"
    assert desk.check().verdict is Release.FAIL


def test_a_statement_of_the_future_is_refused(desk: Any) -> None:
    desk.sign()
    assert "made in the future" in desk.check(at=datetime(2026, 11, 22, tzinfo=UTC)).mismatches[0]
