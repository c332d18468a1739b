"""Every file of evidence and model is as it was signed, or is named."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from harness.core.events import Event
from reports.signoff.decision import Release

Change = Callable[..., list[Event]]
ALLOWED = '[[waivable]]\nchecks = ["numerics.*"]\nseverities = ["major"]\nowners = ["*@example.com"]\n'


def test_what_was_signed_holds_on_another_machine(desk: Any) -> None:
    desk.sign()
    elsewhere = desk.folder / "elsewhere"
    elsewhere.mkdir()
    shutil.move(desk.statement, elsewhere / "release.json")
    shutil.move(desk.evidence, elsewhere / "release.evidence")
    desk.folder = elsewhere
    assert (desk.check().mismatches, desk.check().sound, desk.check().verdict) == ((), True, Release.PASS)


@pytest.mark.parametrize(
    "name",
    [
        "runs/1/events.jsonl", "runs/1/report.html", "runs/1/report.md", "runs/1/run.json", "runs/1/junit.xml",
        "policy.toml", "numbers.json", "release.md", "release.html",
    ],
)  # fmt: skip
def test_one_bit_of_the_evidence_is_named(name: str, desk: Any) -> None:
    desk.sign()
    desk.flip(desk.evidence / name)
    assert f"evidence: {name} was changed" in desk.check().mismatches


def test_one_bit_of_the_waivers_is_named(desk: Any, failing: Change) -> None:
    desk.sign(desk.run(failing(desk.events())), policy=desk.policy(ALLOWED), waivers=desk.waivers())
    desk.flip(desk.evidence / "waivers.toml")
    assert "evidence: waivers.toml was changed" in desk.check().mismatches


def test_a_file_that_was_added_or_taken_away_is_named(desk: Any) -> None:
    desk.sign()
    (desk.evidence / "runs" / "2").mkdir()
    (desk.evidence / "runs" / "2" / "note.txt").write_text("x")
    (desk.evidence / "release.md").unlink()
    assert desk.check().mismatches == ("evidence: release.md is missing", "evidence: runs/2/note.txt was added")


def test_a_link_is_no_evidence(desk: Any) -> None:
    desk.sign()
    (desk.evidence / "policy.toml").rename(desk.folder / "moved.toml")
    (desk.evidence / "policy.toml").symlink_to(desk.folder / "moved.toml")
    assert desk.check().mismatches == ("evidence: policy.toml was changed",)


def test_the_folder_of_evidence_must_be_there(desk: Any) -> None:
    desk.sign()
    shutil.rmtree(desk.evidence)
    assert desk.check().mismatches == (f"evidence: the folder {desk.evidence} is missing",)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json", "1_LogitScore/config.json"])
def test_one_bit_of_the_model_is_named(name: str, desk: Any) -> None:
    desk.sign()
    desk.flip(desk.model / name)
    assert desk.check().mismatches == (f"model: {name} was changed",)


def test_a_file_that_is_added_to_the_model_or_missing_is_named_unless_it_decides_nothing(desk: Any) -> None:
    desk.sign()
    (desk.model / "chat_template.jinja").write_text("{{ x }}")
    (desk.model / "README.md").write_text("read me")
    (desk.model / "tokenizer_config.json").unlink()
    assert desk.check().mismatches == (
        "model: chat_template.jinja was added", "model: tokenizer_config.json is missing",
    )  # fmt: skip


def test_a_model_that_is_not_at_hand_is_not_verified(desk: Any) -> None:
    desk.sign()
    assert desk.check(model=None).mismatches == ("model: tiny-causal was not verified: name its folder with --model",)


def test_without_the_folder_what_the_runs_digested_is_bound(desk: Any) -> None:
    desk.sign(model=None)
    assert {s["name"] for s in desk.signed()["subject"]} == set(desk.checkpoint.file_digests)
    assert desk.check().mismatches == ()
    desk.flip(desk.model / "model.safetensors")
    assert desk.check().mismatches == ("model: model.safetensors was changed",)
