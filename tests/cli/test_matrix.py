"""A matrix of deployments, from the command line to the page; killed and gone on with; and each way to get it wrong."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.fleet.matrix import read_matrix
from harness.regression.allowance import HEALTHY
from reports.store import read_events
from tests.commands import PROGRAMS, run

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "reports" / "schema" / "matrix-report.schema.json").read_text())
MATRIX = """
models = ["tiny-causal", "tiny-seq-cls"]
dtypes = ["float32", "bfloat16"]
profiles = ["smoke"]
[[exclude]]
model = "tiny-seq-cls"
dtype = "bfloat16"
[options]
only = ["score-distribution.finite"]
"""
NAMES = ["tiny-causal-float32", "tiny-causal-bfloat16", "tiny-seq-cls-float32"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the matrix was verified, with its page."""
    path = tmp_path_factory.mktemp("matrix")
    (path / "m.toml").write_text(MATRIX)
    done = run("verify", "--matrix", "m.toml", cwd=path)
    assert done.returncode == 0, done.stderr
    return path


def page(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "matrix.json").read_text())
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_every_deployment_that_is_not_excluded_is_verified(folder: Path) -> None:
    found = page(folder / "reports" / "out" / "latest")
    assert [(each["name"], each["verdict"]) for each in found["deployments"]] == [(name, "pass") for name in NAMES]


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_the_folder_says_what_it_is_and_latest_points_to_it(folder: Path) -> None:
    latest = (folder / "reports" / "out" / "latest").resolve()
    assert latest.name.endswith("-matrix")
    assert {path.name for path in latest.iterdir()} == {*NAMES, "fleet.json", "matrix.html", "matrix.md", "matrix.json"}


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_deployments_of_one_model_agree_within_the_noise_of_the_coarser(folder: Path) -> None:
    found = page(folder / "reports" / "out" / "latest")
    (difference,) = found["differences"]
    assert (difference["explanation"], difference["axes"][0]["axis"]) == ("alike", "dtype")
    assert HEALTHY["float32"][1] < difference["scores"]["largest"] < difference["scores"]["limit"]


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_the_page_leads_to_each_area_of_each_report(folder: Path) -> None:
    latest = folder / "reports" / "out" / "latest"
    assert 'href="tiny-causal-float32/report.html#area-score-distribution"' in (latest / "matrix.html").read_text()
    assert 'id="area-score-distribution"' in (latest / "tiny-causal-float32" / "report.html").read_text()


def test_the_example_is_a_matrix() -> None:
    found = read_matrix(ROOT / "examples" / "matrix.toml", {})
    assert [(each["model"], each["dtype"]) for each in found.deployments] == [
        ("tiny-causal", "float32"), ("tiny-causal", "bfloat16"), ("tiny-seq-cls", "float32"),
    ]  # fmt: skip


TARGET = """
import time, zlib
def scored(query, documents, seconds, log):
    time.sleep(seconds)
    with open(log, "a") as asked:
        asked.write("asked\\n")
    return [0.05 + 0.9 * zlib.crc32((query + text).encode("utf-8", "replace")) / 2**32 for text in documents]
def quick(query, documents, instruction):
    return scored(query, documents, 0.0, "quick.log")
def slow(query, documents, instruction):
    return scored(query, documents, 0.03, "slow.log")
def late(query, documents, instruction):
    return scored(query, documents, 0.0, "late.log")
"""
THREE = """
targets = ["python:target:quick", "python:target:slow", "python:target:late"]
profiles = ["smoke"]
[options]
only = ["score-distribution.finite"]
"""


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_a_matrix_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "target.py").write_text(TARGET)
    (tmp_path / "m.toml").write_text(THREE)
    _killed_in(tmp_path, "slow.log", 5)
    kept = _run_id(tmp_path, "quick")
    asked = {name: _asked(tmp_path, name) for name in ("quick", "slow", "late")}
    done = run("verify", "--resume", "out", cwd=tmp_path)
    again = {name: _asked(tmp_path, name) for name in asked}
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "→ python-target-slow")
    assert [each["verdict"] for each in page(tmp_path / "out")["deployments"]] == ["pass"] * 3
    # what had finished is kept, what was interrupted goes on where it was, and what had not begun is verified
    assert (_run_id(tmp_path, "quick"), again["quick"], asked["late"]) == (kept, asked["quick"], 0)
    assert 0 < asked["slow"] < again["slow"] == again["late"] == again["quick"]


def _killed_in(folder: Path, log: str, lines: int) -> None:
    """Kill the verification, once that log has so many lines, and see that nobody goes on writing."""
    command = [*PROGRAMS["rerank-harness"], "verify", "--matrix", "m.toml", "--out", "out"]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and _lines(folder / log) < lines:
        time.sleep(0.02)
    running.kill()
    running.wait()
    count = -1
    while count != (count := _lines(folder / log)):
        time.sleep(0.3)


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def _asked(folder: Path, name: str) -> int:
    return _lines(folder / f"{name}.log")


def _run_id(folder: Path, name: str) -> str:
    started = read_events(folder / "out" / f"python-target-{name}" / "events.jsonl")[0]
    return str(getattr(started, "id", ""))


@pytest.mark.slow
@pytest.mark.xdist_group("matrix")
def test_other_headers_than_it_was_begun_with_are_refused(folder: Path, tmp_path: Path) -> None:
    done = run("verify", "--resume", str(folder / "reports" / "out" / "latest"), "--header", "X: y", cwd=tmp_path)
    assert (done.returncode, "0 --header" in done.stderr, len(done.stderr.splitlines())) == (2, True, 1)


GOOD = 'models = ["tiny-causal"]\n'
MISTAKES = {
    "a device": ('devices = ["tpu"]', [], "m.toml: no device 'tpu'"),
    "a model": ('models = ["./nowhere"]', [], "m.toml: no checkpoint folder at ./nowhere"),
    "a target": ('targets = ["gopher://x"]', [], "m.toml: no target of the kind"),
    "a check": (f'{GOOD}[options]\nonly = ["wishes"]', [], "no check or area 'wishes'"),
    "an empty plan": (f'{GOOD}[[exclude]]\nmodel = "tiny-causal"', [], "nothing is left to verify"),
    "an axis beside the file": (GOOD, ["--device", "cpu"], "--device does not go with --matrix: name it in the file"),
    "a recording of several": (GOOD, ["--record", "x.jsonl"], "--record does not go with several deployments"),
    "going on beside the file": (GOOD, ["--resume", "out"], "--resume takes --matrix from the run's folder"),
    "a folder that is a file": (GOOD, ["--out", "m.toml"], "a file is in the way"),
    "a file of waivers": (GOOD, ["--waivers", "nowhere.toml"], "nowhere.toml cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_exit_status_2_and_nothing_written(mistake: str, tmp_path: Path) -> None:
    text, words, told = MISTAKES[mistake]
    (tmp_path / "m.toml").write_text(text)
    done = run("verify", "--matrix", "m.toml", *words, cwd=tmp_path)
    assert (done.returncode, told in done.stderr, len(done.stderr.splitlines())) == (2, True, 1), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["m.toml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--target", "http://a", "--target", "http://a"], "'http://a' is named twice"),
        (["--target", "http://a", "--target", "http://me:secret@b"], "must not stand in the URL"),
        (["--targets", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--at-once", "2"], "--at-once is about several deployments"),
        (["--target", "http://a", "--target", "http://b", "--pid", "1"], "--pid does not go with several deployments"),
    ],
)
def test_a_mistake_in_targets_is_one_line_and_nothing_written(words: list[str], told: str, tmp_path: Path) -> None:
    done = run("verify", *words, cwd=tmp_path)
    assert (done.returncode, told in done.stderr, "secret" in done.stderr) == (2, True, False)
    assert (len(done.stderr.splitlines()), list(tmp_path.iterdir())) == (1, [])
