"""Servers through the command line: served, verified, out of reach, dying."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.deployments.process import free_port, server_process

PROGRAM = [sys.executable, "-m", "harness.cli"]


def verify(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "verify", *words, "--out", "run"]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=300)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    log = tmp_path_factory.mktemp("serve") / "log"
    command = [*PROGRAM, "serve", "--stub", "--dialect", "tei", "--port", str(port)]
    with server_process(command, f"http://127.0.0.1:{port}/health", log):
        yield f"http://127.0.0.1:{port}"


def test_a_server_is_verified_and_the_report_names_its_dialect_and_how_it_was_known(url: str, tmp_path: Path) -> None:
    done = verify("--target", url, "--only", "protocol.schema", "--only", "protocol.order", cwd=tmp_path)
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    assert (done.returncode, run["verdict"], run["target"]["dialect"]) == (0, "pass", "tei")
    assert "GET /info answers with max_client_batch_size" in done.stderr


def test_a_base_path_that_leads_nowhere_says_what_to_do(url: str, tmp_path: Path) -> None:
    done = verify("--target", f"{url}/nowhere", cwd=tmp_path)
    assert (done.returncode, "name it, e.g. vllm+" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_a_server_that_is_not_there_is_exit_status_3_and_one_line(tmp_path: Path) -> None:
    done = verify("--target", f"http://127.0.0.1:{free_port()}", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (3, 1)
    assert "is the server running there?" in done.stderr


def test_a_wrong_key_is_exit_status_3_and_never_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("RIGHT", "correct-horse")
    monkeypatch.setenv("WRONG", "battery-staple")
    command = [*PROGRAM, "serve", "--stub", "--port", str(port), "--api-key-env", "RIGHT"]
    with server_process(command, f"http://127.0.0.1:{port}/health", tmp_path / "log"):
        refused = verify("--target", f"http://127.0.0.1:{port}", "--api-key-env", "WRONG", cwd=tmp_path)
        taken = verify(
            "--target", f"http://127.0.0.1:{port}", "--api-key-env", "RIGHT", "--only", "protocol.misuse", cwd=tmp_path
        )
    written = "".join(path.read_text() for path in (tmp_path / "run").rglob("*") if path.suffix in (".json", ".jsonl"))
    assert (refused.returncode, "is the key right?" in refused.stderr) == (3, True)
    assert (taken.returncode, "correct-horse" in written + taken.stderr, "battery" in refused.stderr) == (
        0,
        False,
        False,
    )


def test_a_recording_answers_what_was_recorded(url: str, tmp_path: Path) -> None:
    check = "score-distribution.finite"
    verify("--target", url, "--only", check, "--record", "scores.jsonl", cwd=tmp_path)
    recorded = (tmp_path / "scores.jsonl").read_text().splitlines()
    done = verify("--target", "recorded:scores.jsonl", "--only", check, cwd=tmp_path)
    assert (len(recorded) > 100, done.returncode) == (True, 0)


def test_a_server_that_dies_leaves_what_was_found_and_exit_status_3(tmp_path: Path) -> None:
    port = free_port()
    command = [*PROGRAM, "serve", "--stub", "--port", str(port)]
    with server_process(command, f"http://127.0.0.1:{port}/health", tmp_path / "log") as pid:
        going = subprocess.Popen(
            [*PROGRAM, "verify", "--target", f"http://127.0.0.1:{port}", "--out", "run", "--record", "scores.jsonl"],
            cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while going.poll() is None and not (tmp_path / "scores.jsonl").is_file():
            time.sleep(0.05)
        subprocess.run(["kill", "-9", str(pid)], check=True)
        _, told = going.communicate(timeout=120)
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    assert (going.returncode, run["finished"], run["verdict"] != "pass") == (3, None, True)
    # it dies while it answers, or before it is asked again
    assert f"127.0.0.1:{port}" in told.strip().splitlines()[-1]
    assert (tmp_path / "scores.jsonl").read_text().endswith("\n")
