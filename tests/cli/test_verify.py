"""A whole verification, from the command line to the files it leaves."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

FILES = {
    "events.jsonl", "run.json", "report.md", "report.html", "junit.xml", "ctrf.json", "summary.md", "metrics.prom",
    "badge.svg", "answers.jsonl",
}  # fmt: skip
QUICK = ["--profile", "smoke", "--only", "compatibility", "--only", "score-distribution"]


def verify(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from harness.cli import main; main()", "verify", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=300)


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified")
    done = verify("--profile", "smoke", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_healthy_reference_is_verified(verified: Path) -> None:
    run = json.loads((verified / "reports/out/latest/run.json").read_text())
    assert (run["verdict"], run["devices"]["cpu"]) == ("pass", "verified")


def test_a_run_leaves_every_report(verified: Path) -> None:
    assert {p.name for p in (verified / "reports/out/latest/").iterdir()} == FILES


def test_every_finding_has_a_command_that_reproduces_it(verified: Path) -> None:
    run = json.loads((verified / "reports/out/latest/run.json").read_text())
    assert all(f["reproduce"].endswith("--only " + f["check"]) for f in run["findings"])


def test_the_reports_can_be_rebuilt_from_the_events(verified: Path, tmp_path: Path) -> None:
    source = verified / "reports/out/latest"
    command = [sys.executable, "-c", "from harness.cli import main; main()", "report"]
    subprocess.run([*command, str(source / "events.jsonl"), "--out", str(tmp_path)], check=True, capture_output=True)
    assert (tmp_path / "report.html").read_bytes() == (source / "report.html").read_bytes()


CONSTANT = "def rerank(query, documents, instruction):\n    return [0.7310586] * len(documents)\n"
DYING = """
calls = 0
def rerank(query, documents, instruction):
    global calls
    calls += 1
    if calls > 3:
        raise {raises}
    return [0.1 + 0.8 * (hash(d) % 97) / 97 for d in documents]
"""


def test_a_constant_target_fails_and_its_constant_is_explained(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(CONSTANT)
    done = verify(*QUICK, "--target", "python:server:rerank", cwd=tmp_path)
    report = (tmp_path / "reports/out/latest/report.md").read_text()
    assert (done.returncode, "sigmoid" in report) == (1, True)


@pytest.mark.parametrize("raises", ["ConnectionError('connection reset')", "SystemExit(0)"])
def test_a_target_that_dies_is_exit_status_3_with_what_was_found_kept(raises: str, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(DYING.format(raises=raises))
    done = verify(*QUICK, "--target", "python:server:rerank", cwd=tmp_path)
    run = json.loads((tmp_path / "reports/out/latest/run.json").read_text())
    assert (done.returncode, raises[:9] in done.stderr, run["verdict"]) == (3, True, "incomplete")


def test_without_a_model_a_target_is_not_fully_verified_and_the_report_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(CONSTANT)
    verify("--profile", "smoke", "--only", "numerics", "--target", "python:server:rerank", cwd=tmp_path)
    run = json.loads((tmp_path / "reports/out/latest/run.json").read_text())
    messages = {f["message"] for f in run["findings"] if f["check"] == "numerics.values"}
    assert messages == {"needs reference answers: a checkpoint (--model) or a pack of its answers (--pack)"}


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
@pytest.mark.parametrize(("words", "verdict"), [([], "incomplete"), (["--require-device"], "fail")])
def test_without_the_device_nothing_is_claimed(words: list[str], verdict: str, tmp_path: Path) -> None:
    done = verify("--device", "cuda", *words, cwd=tmp_path)
    run = json.loads((tmp_path / "reports/out/latest/run.json").read_text())
    assert (done.returncode, run["verdict"], run["devices"]["cuda"]) == (1, verdict, "not verified")


def test_a_killed_run_can_be_reported_as_incomplete(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from harness.cli import main; main()", "verify", "--out", "killed"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    events = tmp_path / "killed" / "events.jsonl"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (not events.exists() or events.read_text().count("FindingMade") < 3):
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    subprocess.run(
        [sys.executable, "-c", "from harness.cli import main; main()", "report", str(events)],
        check=True,
        capture_output=True,
    )
    run = json.loads((tmp_path / "killed" / "run.json").read_text())
    assert (run["verdict"], len(run["findings"]) >= 3) == ("incomplete", True)
