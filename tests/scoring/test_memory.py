"""What the driver holds is bounded, however many pairs there are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from harness.scoring.store import read_scores
from tests.peak import needs_linux, peak_of

QUERIES, DOCUMENTS = 1_000, 1_000
LIMIT = 2**30
SECONDS = 600.0
STUB = """
import zlib
def score(query, documents, instruction):
    return [zlib.crc32((query + document).encode()) for document in documents]
score.scale = "log-odds"
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
@needs_linux
@pytest.mark.parametrize("engine", [(), ("--engine", "ray", "--workers", "2")], ids=["local", "ray"])
def test_a_million_pairs_are_scored_within_a_gibibyte(engine: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    words = ("score", "pairs.jsonl", "--target", "python:stub:score", "--out", str(kept), *engine)
    assert peak_of(*words, cwd=folder, timeout=SECONDS) < LIMIT
    assert np.isfinite(read_scores(kept / "scores", QUERIES * DOCUMENTS)).all()
