"""What the driver holds is bounded, however many pairs there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from harness.scoring.store import read_scores

QUERIES, DOCUMENTS = 1_000, 1_000
LIMIT = 2**30
STUB = """
import zlib
def score(query, documents, instruction):
    return [zlib.crc32((query + document).encode()) for document in documents]
score.scale = "log-odds"
"""
#: The command line, which then prints the most memory that its process has held, in KiB. `getrusage` would tell that of
#: the process which has started it, where this was more.
DRIVER = """
import sys
from harness.cli import main
try:
    main()
except SystemExit as ended:
    held = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(ended.code or 0, held)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million pairs: a thousand queries with the same thousand documents of 300 bytes."""
    path = tmp_path_factory.mktemp("million")
    (path / "stub.py").write_text(STUB)
    ends = [json.dumps(f"{'word ' * 60}{d}") for d in range(DOCUMENTS)]
    with (path / "pairs.jsonl").open("w") as file:
        for q in range(QUERIES):
            file.writelines(f'{{"query": "query {q}", "document": {end}}}\n' for end in ends)
    return path


@pytest.mark.slow
@pytest.mark.xdist_group("million")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the most memory held is told by Linux only")
@pytest.mark.parametrize("engine", [(), ("--engine", "ray", "--workers", "2")], ids=["local", "ray"])
def test_a_million_pairs_are_scored_within_a_gibibyte(engine: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    words = ["score", "pairs.jsonl", "--target", "python:stub:score", "--out", str(tmp_path / "kept"), *engine]
    settings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, *words], cwd=folder, env=settings, capture_output=True, text=True, check=False
    )
    status, held = map(int, done.stdout.split()[-2:])
    assert (status, held * 2**10 < LIMIT) == (0, True), done.stderr
    assert np.isfinite(read_scores(tmp_path / "kept" / "scores", QUERIES * DOCUMENTS)).all()
