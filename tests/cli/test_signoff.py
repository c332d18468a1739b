"""Sign-off through the command line: a real verification, keys, a statement, its check, and no secret anywhere."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.deployments.process import free_port, server_process

PROGRAM = [sys.executable, "-m", "harness.cli"]
SECRET = "planted-" + "secret-of-the-target"
SIGNED = ("--policy", "policy.toml", "--key", "keys/release", "--out", "r.json")
CHECKS = ("protocol.schema", "protocol.order")
POLICY = """
schema = "rerank-harness/policy/1"
title = "Release"
devices = ["cpu"]
checks = ["protocol.*"]
collections = ["judged"]
"""


def harness(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, cwd=cwd, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a run of a server that wants a key, a policy, keys and a signed statement."""
    folder, port = tmp_path_factory.mktemp("release"), free_port()
    os.environ["TARGET_KEY"] = SECRET
    command = [*PROGRAM, "serve", "--stub", "--port", str(port), "--api-key-env", "TARGET_KEY"]
    options = [word for check in CHECKS for word in ("--only", check)]
    with server_process(command, f"http://127.0.0.1:{port}/health", tmp_path_factory.mktemp("server") / "log"):
        target = ["--target", f"http://127.0.0.1:{port}", "--model", "tiny-causal", "--api-key-env", "TARGET_KEY"]
        header = ["--header", f"X-More: {SECRET}"]
        verified = harness("verify", *target, *header, *options, "--profile", "smoke", "--out", "run", cwd=folder)
    (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
    made = harness("keys", "generate", "--out", "keys/release", cwd=folder)
    signed = harness(
        "signoff", "run", "--policy", "policy.toml", "--key", "keys/release", "--out", "r.json", cwd=folder
    )
    told = "".join(done.stdout + done.stderr for done in (verified, made, signed))
    (folder / "told.txt").write_text(told, encoding="utf-8")
    assert (verified.returncode, made.returncode, signed.returncode) == (0, 0, 0), told
    yield folder
    del os.environ["TARGET_KEY"]


@pytest.fixture
def desk(release: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    shutil.copytree(release, tmp_path / "desk")
    return tmp_path / "desk"


def test_a_release_is_signed_and_checked(release: Path) -> None:
    done = harness("signoff-check", "r.json", "--pubkey", "keys/release.pub", cwd=release)
    assert (done.returncode, done.stdout.startswith("PASS: tiny-causal (sha256:")) == (0, True)


def test_the_check_is_told_as_json(release: Path) -> None:
    done = harness("signoff-check", "r.json", "--pubkey", "keys/release.pub", "--json", "-", cwd=release)
    document = json.loads(done.stdout)
    assert (document["sound"], document["verdict"], document["mismatches"]) == (True, "PASS", [])


def test_no_secret_is_in_any_output(release: Path) -> None:
    pem = (release / "keys" / "release").read_bytes().splitlines()[1]
    raw = base64.b64decode(pem)[-32:]
    forms = (SECRET.encode(), base64.b64encode(SECRET.encode()).rstrip(b"="), pem, raw, raw.hex().encode())
    written = [path for path in release.rglob("*") if path.is_file() and path != release / "keys" / "release"]
    assert len(written) > 15
    assert [path for path in written if any(form in path.read_bytes() for form in forms)] == []
    payload = base64.b64decode(json.loads((release / "r.json").read_text())["payload"])
    assert not any(form in payload for form in forms)


def test_one_byte_of_the_events_is_refused_by_name(desk: Path) -> None:
    events = desk / "r.evidence" / "runs" / "1" / "events.jsonl"
    events.write_text(events.read_text().replace('"pass"', '"fail"', 1))
    done = harness("signoff-check", "r.json", "--pubkey", "keys/release.pub", cwd=desk)
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0]) == (1, "evidence: runs/1/events.jsonl was changed")
    assert "derivation: result: PASSED is claimed, and FAILED follows from the events" in lines
    assert lines[-1].startswith("REFUSED: ")


def test_a_failed_release_is_on_record_with_its_reasons(desk: Path) -> None:
    (desk / "policy.toml").write_text(POLICY.replace('["cpu"]', '["cpu", "mps"]'), encoding="utf-8")
    done = harness("signoff", "run", *SIGNED, cwd=desk)
    assert (done.returncode, done.stdout.splitlines()[:2]) == (
        1, ["FAIL: tiny-causal, 1 run", "  device mps is required, and no run covered it"],
    )  # fmt: skip
    checked = harness("signoff-check", "r.json", "--pubkey", "keys/release.pub", cwd=desk)
    assert (checked.returncode, checked.stdout.startswith("FAIL: tiny-causal")) == (1, True)


def test_another_model_is_refused_by_the_names_of_its_files(release: Path, tmp_path: Path) -> None:
    harness("models", "export", "tiny-untied", tmp_path / "other", cwd=tmp_path)
    done = harness(
        "signoff-check", "r.json", "--pubkey", "keys/release.pub", "--model", tmp_path / "other", cwd=release
    )
    assert (done.returncode, "model: model.safetensors was changed" in done.stdout) == (1, True)


def test_an_unsigned_statement_says_so_and_is_refused(desk: Path) -> None:
    done = harness("signoff", "run", "--policy", "policy.toml", "--out", "r.json", cwd=desk)
    refused = harness("signoff-check", "r.json", "--pubkey", "keys/release.pub", cwd=desk)
    taken = harness("signoff-check", "r.json", "--allow-unsigned", cwd=desk)
    assert (done.returncode, "unsigned" in done.stdout) == (0, True)
    assert (refused.returncode, taken.returncode) == (1, 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["signoff-check", "r.json"], "name the public key"),
        (["signoff-check", "policy.toml", "--pubkey", "keys/release.pub"], "policy.toml is no statement"),
        (["signoff-check", "r.json", "--pubkey", "keys/release"], "is no public key"),
        (["signoff", "nowhere", "--policy", "policy.toml", "--out", "x.json"], "cannot read nowhere"),
        (["signoff", "run", "--policy", "told.txt", "--out", "x.json"], "told.txt"),
        (["keys", "generate", "--out", "keys/release"], "never overwritten"),
        (["keys", "generate", "--out", "new", "--password-env", "NOT_SET"], "NOT_SET holds no password"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(words: list[str], told: str, release: Path) -> None:
    done = harness(*words, cwd=release)
    assert (done.returncode, len(done.stderr.splitlines()), told in done.stderr) == (2, 1, True), done.stderr
    assert not (release / "x.json").exists()
