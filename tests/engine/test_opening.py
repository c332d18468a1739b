import json
from pathlib import Path

from harness.engine.opening import asked, run_started
from harness.engine.setup import Request
from harness.targets.http.connection import Connection


def test_two_runs_never_have_the_same_id() -> None:
    assert run_started(Request(), ()).id != run_started(Request(), ()).id


def test_what_a_run_was_made_with_is_told_by_digests() -> None:
    told = run_started(Request(), ())
    assert all(digest.startswith("sha256:") for digest in told.inputs.values())
    assert set(told.inputs) == {"collection", "prompt"}
    assert set(told.model["files"]) >= {"config.json", "model.safetensors", "tokenizer.json"}


def test_another_side_that_applies_the_prompt_is_another_prompt() -> None:
    by_target, by_caller = (run_started(Request(applies_prompt=by), ()).inputs for by in (True, False))
    assert by_target["prompt"] != by_caller["prompt"]
    assert by_target["collection"] == by_caller["collection"]


def test_a_calibration_is_told_by_its_digest(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{}")
    told = run_started(Request(calibration=tmp_path / "c.json"), ())
    assert told.inputs["calibration"].startswith("sha256:")


def test_no_header_is_told() -> None:
    request = Request(connection=Connection("RERANK_KEY", ("X-Secret: planted",)))
    told = asked(request)
    assert "planted" not in json.dumps(told)
    assert (told["headers"], told["api_key_env"]) == (1, "RERANK_KEY")
