"""`diagnose`, `pack` and `faults` from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "schema" / "diagnosis.schema.json").read_text(encoding="utf-8")
)


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from harness.cli import main; main()", *words]
    return subprocess.run(program, capture_output=True, text=True, cwd=cwd, check=False, timeout=240)


@pytest.mark.slow
def test_the_reference_is_sound(tmp_path: Path) -> None:
    done = run("diagnose", "--json", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    jsonschema.validate(json.loads(done.stdout), SCHEMA)
    assert json.loads(done.stdout)["verdict"] == "pass"


@pytest.mark.slow
def test_a_wrong_callable_is_named_with_evidence_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def half(query, documents, instruction):\n    return [0.5] * len(documents)\n")
    done = run("diagnose", "--target", "python:mine:half", "--model", "tiny-causal", "--json", "d.json", cwd=tmp_path)
    found = json.loads((tmp_path / "d.json").read_text())
    jsonschema.validate(found, SCHEMA)
    assert done.returncode == 1
    assert {"head-zero", "error-swallowed-into-half"} & {cause["variant"] for cause in found["causes"]}
    assert "What to do:" in done.stdout


def test_without_a_model_symptoms_are_told_and_what_would_make_it_surer(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def twice(query, documents, instruction):\n"
        "    return [0.5 + 0.2 * (len(text) % 97) / 97 for text in documents]\n"
    )
    done = run("diagnose", "--target", "python:mine:twice", cwd=tmp_path)
    assert done.returncode == 1
    assert "double-sigmoid" in done.stdout
    assert "--model" in done.stdout


@pytest.mark.slow  # the README's command writes one at every change
def test_a_pack_is_written_and_used_in_place_of_weights(tmp_path: Path) -> None:
    packed = run("pack", "--model", "tiny-causal", "--out", "tiny.json", cwd=tmp_path)
    assert packed.returncode == 0, packed.stderr
    (tmp_path / "mine.py").write_text("def one(query, documents, instruction):\n    return [1.0] * len(documents)\n")
    done = run("diagnose", "--target", "python:mine:one", "--pack", "tiny.json", cwd=tmp_path)
    assert "softmax-over-one-label" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["diagnose", "--pack", "none.json", "--target", "python:a:b"], "cannot be read as an answer pack"),
        (["diagnose", "--pack", "none.json"], "name the target with --target"),
        (["diagnose", "--pack", "none.json", "--model", "tiny-causal", "--target", "python:a:b"], "name one of them"),
        (["diagnose", "--model", "./none"], "no checkpoint folder"),
        (["faults", "show", "nonsense"], "no fault 'nonsense'"),
        (["serve", "--fault", "template-absent+nonsense", "--port", "0"], "no fault 'nonsense'"),
    ],
)
def test_a_users_mistake_is_one_line_and_status_2(words: list[str], message: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_fault_library_is_listed_with_stage_and_title(tmp_path: Path) -> None:
    done = run("faults", "list", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert len(lines) > 150
    assert any(line.split()[:2] == ["assemble", "template-absent"] for line in lines)


def test_a_fault_is_shown_with_links(tmp_path: Path) -> None:
    done = run("faults", "show", "template-absent", cwd=tmp_path)
    assert "https://github.com/vllm-project/vllm/issues/21681" in done.stdout
    assert "remedy" in done.stdout
