"""What signing writes: a statement with its evidence, the statement last, and no secret."""

import base64
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.core.errors import UsageError
from harness.core.events import Event
from reports.signoff import evidence
from reports.signoff.decision import Release
from reports.signoff.keys import generate, read_private
from tests.kills import seeds

Change = Callable[..., list[Event]]
ROOT = Path(__file__).parents[3]
ALLOWED = '[[waivable]]\nchecks = ["numerics.*"]\nseverities = ["major"]\nowners = ["*@example.com"]\n'


def test_the_statement_is_in_toto_with_the_models_files_as_subjects(desk: Any) -> None:
    desk.sign()
    signed = desk.signed()
    assert (signed["_type"], signed["predicate"]["result"]) == ("https://in-toto.io/Statement/v1", "PASSED")
    assert signed["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert {"config.json", "model.safetensors", "1_LogitScore/config.json"} <= {s["name"] for s in signed["subject"]}
    assert json.loads(desk.statement.read_text())["payloadType"] == "application/vnd.in-toto+json"


def test_every_file_of_the_evidence_and_every_input_is_in_the_configuration(desk: Any) -> None:
    desk.sign()
    names = {descriptor["name"] for descriptor in desk.signed()["predicate"]["configuration"]}
    assert set(evidence.listing(desk.evidence)) | {"runs/1/collection", "runs/1/prompt", "rerank-harness"} <= names


def test_a_model_that_was_changed_since_it_was_verified_is_not_signed(desk: Any) -> None:
    desk.flip(desk.model / "model.safetensors")
    with pytest.raises(UsageError, match=r"model\.safetensors was changed since the runs verified the model"):
        desk.sign()
    assert not desk.statement.exists()


def test_runs_that_do_not_say_the_files_of_their_model_are_not_signed(desk: Any) -> None:
    model = {"id": "tiny-causal", "digest": desk.checkpoint.digest}
    with pytest.raises(UsageError, match="do not say the digests of the model's files"):
        desk.sign(desk.run(desk.events(model=model)))


def test_reports_are_made_from_the_events_whatever_lies_beside_them(desk: Any) -> None:
    run = desk.run()
    (run / "run.json").write_text('{"verdict": "fail"}')
    desk.sign(run)
    assert json.loads((desk.evidence / "runs" / "1" / "run.json").read_text())["verdict"] == "pass"


def test_documents_fit_their_schemas(desk: Any, failing: Change) -> None:
    desk.sign(desk.run(failing(desk.events())), policy=desk.policy(ALLOWED), waivers=desk.waivers())
    refused = desk.check(public=generate(desk.folder / "other"))
    numbers = json.loads((desk.evidence / "numbers.json").read_text())
    for document, name in (
        (desk.check().as_dict(), "signoff-check"), (refused.as_dict(), "signoff-check"), (numbers, "numbers"),
    ):  # fmt: skip
        jsonschema.validate(document, json.loads((ROOT / f"reports/schema/{name}.schema.json").read_text()))


def test_a_new_statement_takes_the_place_of_an_earlier_one(desk: Any) -> None:
    desk.sign()
    desk.sign(desk.run(desk.events()[:-3]))
    assert (desk.check().mismatches, desk.check().verdict) == ((), Release.FAIL)
    assert [path.name for path in desk.folder.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_evidence_is_left_alone(desk: Any) -> None:
    desk.evidence.mkdir()
    (desk.evidence / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match="is no evidence of a sign-off"):
        desk.sign()
    assert (desk.evidence / "thesis.tex").exists()


def test_a_mistake_leaves_an_earlier_statement_as_it_was(desk: Any) -> None:
    desk.sign()
    before = desk.statement.read_bytes()
    with pytest.raises(UsageError, match="there is no key 'x'"):
        desk.sign(policy=desk.policy(x="1"))
    assert (desk.statement.read_bytes(), desk.check().sound) == (before, True)


def test_what_dies_before_the_statement_leaves_none(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.sign()
    monkeypatch.undo()
    assert not desk.statement.exists()
    desk.sign()
    assert desk.check().sound


def test_the_private_key_is_in_nothing_that_is_written(desk: Any) -> None:
    desk.sign()
    secret = desk.key.read_bytes().splitlines()[1]
    raw = read_private(desk.key)._private_key.private_bytes_raw()
    for path in [desk.statement, *(p for p in desk.evidence.rglob("*") if p.is_file())]:
        content = path.read_bytes()
        assert not any(form in content for form in (secret, raw, raw.hex().encode(), base64.b64encode(raw)))


SIGNING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reports.signoff.keys import read_private
from reports.signoff.sign import Given, sign_off
run, policy, out, key, model = map(Path, sys.argv[1:])
print("go", flush=True)
for _ in range(100):
    sign_off(Given((run,), policy), out, read_private(key), lambda _: model, datetime(2026, 11, 23, 12, tzinfo=UTC))
"""


@pytest.mark.parametrize("seed", seeds(at_every_change=2))
def test_killed_at_any_moment_there_is_no_statement_or_a_whole_one(seed: int, desk: Any) -> None:
    words = [desk.run(), desk.policy(), desk.statement, desk.key, desk.model]
    command = [sys.executable, "-c", SIGNING, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as signing:
        assert signing.stdout is not None
        signing.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.0, 1.0))
        signing.kill()
    assert not desk.statement.exists() or desk.check().sound
