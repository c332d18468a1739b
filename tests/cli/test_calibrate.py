"""`rerank-harness calibrate`, and `verify --calibration`, as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from harness.calibration.reading import schema

FEW = ("calibrate", "--device", "cpu", "--dtype", "float32", "--kernel", "sdpa", "--quick", "--tokens", "2400")


def rerank_harness(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from harness.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=300)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file that the command has written, and what it has printed."""
    path = tmp_path_factory.mktemp("calibration") / "tiny.json"
    done = rerank_harness(*FEW, "--out", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return path, done.stdout


def test_rows_limits_and_what_was_not_measured_are_shown(measured: tuple[Path, str]) -> None:
    path, printed = measured
    assert "float32 sdpa shared-prefix" in printed
    assert "mps: not measured, only cpu was asked for" in printed
    assert path.name in printed.replace("\n", "")


def test_the_file_says_how_to_make_it_again(measured: tuple[Path, str]) -> None:
    origin = json.loads(measured[0].read_text(encoding="utf-8"))["devices"]["cpu"]
    assert origin["command"] == "rerank-harness " + " ".join([*FEW[:7], "--tokens", "2400", "--quick", "--seed", "0"])


def test_json_goes_to_standard_output_alone() -> None:
    done = rerank_harness(*FEW, "--json", "-")
    jsonschema.validate(json.loads(done.stdout), schema())


def test_another_model_s_file_is_not_overwritten(measured: tuple[Path, str]) -> None:
    before = measured[0].read_bytes()
    done = rerank_harness(*FEW, "--model", "tiny-seq-cls", "--out", str(measured[0]))
    assert (done.returncode, "is not overwritten" in done.stderr, done.stderr.count("\n")) == (2, True, 1)
    assert measured[0].read_bytes() == before


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--kernel", "fast"), "no kernel 'fast'"),
        (("--model", "./nowhere"), "no checkpoint folder at ./nowhere"),
    ],
)
def test_a_mistake_is_one_line(words: tuple[str, ...], reason: str) -> None:
    done = rerank_harness("calibrate", *words)
    assert (done.returncode, reason in done.stderr, done.stderr.count("\n")) == (2, True, 1)


def test_help_needs_no_torch() -> None:
    code = (
        "import sys\nsys.argv = ['rerank-harness', 'calibrate', '--help']\nfrom harness.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nassert 'torch' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_verification_says_which_file_its_limits_come_from(measured: tuple[Path, str], tmp_path: Path) -> None:
    words = ("--profile", "smoke", "--only", "numerics.noise-floor", "--out", "run")
    done = rerank_harness("verify", "--calibration", str(measured[0]), *words, cwd=tmp_path)
    (finding,) = json.loads((tmp_path / "run/run.json").read_text(encoding="utf-8"))["findings"]
    assert "from tiny.json, measured on" in finding["evidence"], done.stderr
    assert f"--calibration {measured[0]}" in finding["reproduce"]


@pytest.mark.slow
def test_a_verification_of_another_model_refuses_the_file_and_writes_nothing(
    measured: tuple[Path, str], tmp_path: Path
) -> None:
    words = ("--model", "tiny-seq-cls", "--calibration", str(measured[0]))
    done = rerank_harness("verify", *words, cwd=tmp_path)
    assert (done.returncode, "another model" in done.stderr, done.stderr.count("\n")) == (2, True, 1)
    assert list(tmp_path.iterdir()) == []
