"""What needs no model needs neither torch nor transformers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.collections import load_judged

HEAVY = "torch", "transformers"
#: What a verification, with reference answers from a file, is made of.
LIGHT = (
    "fixtures.collections", "fixtures.texts", "harness.checks.context", "harness.cli.verify", "harness.engine.resolve",
    "harness.engine.verification", "harness.faults.activate", "harness.faults.assemble", "harness.faults.catalogue",
    "harness.faults.library", "harness.faults.reply", "harness.faults.state", "harness.reference.activate",
    "harness.reference.answers", "harness.reference.assemble", "harness.reference.devices", "harness.reference.encode",
    "harness.reference.labels", "harness.reference.stages", "harness.targets.controls", "harness.targets.function",
    "harness.targets.http.target", "harness.targets.preformatted", "harness.targets.recorded",
    "harness.targets.reference", "hypothesis.strategies", "reports",
)  # fmt: skip
COMMAND = "import sys; from harness.cli import application; application()(sys.argv[1:], standalone_mode=False)"


def imported_by(code: str, *words: str, cwd: Path) -> list[str]:
    """Run code in a process of its own; which of HEAVY it has imported when it ends."""
    told = f"{code}\nimport sys; print('imported:', *sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told, *words], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize("module", LIGHT)
def test_a_module_is_imported_without_torch(module: str, tmp_path: Path) -> None:
    assert imported_by(f"import {module}", cwd=tmp_path) == []


def test_every_check_is_listed_without_torch(tmp_path: Path) -> None:
    assert imported_by("from harness.checks.registry import all_checks; all_checks()", cwd=tmp_path) == []


def test_the_cpu_is_there_without_torch(tmp_path: Path) -> None:
    code = "from harness.reference.devices import Device; assert Device.parse('cpu').missing() is None"
    assert imported_by(code, cwd=tmp_path) == []


@pytest.mark.slow
def test_a_recording_is_verified_without_torch(tmp_path: Path) -> None:
    lines = [
        {"query": pair.query, "document": pair.document, "score": 1 / (2 + n), "scale": "probability"}
        for n, pair in enumerate(load_judged().pairs())
    ]
    (tmp_path / "scores.jsonl").write_text("\n".join(map(json.dumps, lines)))
    words = "verify", "--target", "recorded:scores.jsonl", "--out", "out"
    assert imported_by(COMMAND, *words, cwd=tmp_path) == []
    assert json.loads((tmp_path / "out" / "run.json").read_text())["findings"]


def test_a_function_is_verified_without_torch(tmp_path: Path) -> None:
    scorer = "def rerank(query, documents, instruction):\n    return [1 / (2 + len(d)) for d in documents]\n"
    (tmp_path / "server.py").write_text(scorer)
    words = "verify", "--target", "python:server:rerank", "--profile", "smoke", "--out", "out"
    assert imported_by(COMMAND, *words, cwd=tmp_path) == []
