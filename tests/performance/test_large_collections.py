"""A collection of a million pairs is verified in less than a gibibyte."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.peak import needs_linux, peak_of

SIZES = (50, 200)
"""Queries with DOCUMENTS candidates each: what a pair takes is the difference of two runs by that of their pairs."""
DOCUMENTS, WORDS = 1_000, 55
PAIRS = 1_000_000
BYTES = 2**30
SECONDS = 90.0

TARGET = """
import zlib
def score(query, documents, instruction):
    return [(zlib.crc32((query + document).encode()) % 100_000 + 0.5) / 100_001 for document in documents]
"""


def _collection(folder: Path, queries: int) -> Path:
    """Ten queries share a document, as in a collection of a million pairs and a hundred thousand documents."""
    draw, words, pool = random.Random(0), [f"w{n}" for n in range(5_000)], queries * DOCUMENTS // 10
    texts = {"corpus": [(f"d{n}", WORDS) for n in range(pool)], "queries": [(f"q{n}", 7) for n in range(queries)]}
    (folder / "qrels").mkdir(parents=True)
    for name, rows in texts.items():
        lines = (json.dumps({"_id": id_, "text": " ".join(draw.choices(words, k=count))}) for id_, count in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    judged = ((n, document) for n in range(queries) for document in draw.sample(range(pool), DOCUMENTS))
    rows = (f"q{n}\td{document}\t{int(draw.random() < 0.01)}\n" for n, document in judged)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(rows))
    return folder


def _peak(folder: Path, queries: int) -> int:
    """Bytes that a verification with all checks has held at most."""
    _collection(folder / str(queries), queries)
    asked = ("verify", "--target", "python:stub:score", "--profile", "smoke", "--collection", str(queries))
    held = peak_of(*asked, "--out", f"out-{queries}", cwd=folder, status=1, timeout=SECONDS)
    assert json.loads((folder / f"out-{queries}" / "run.json").read_text())["finished"]
    return held


@pytest.mark.slow
@needs_linux
def test_a_million_pairs_are_verified_in_less_than_a_gibibyte(tmp_path: Path) -> None:
    (tmp_path / "stub.py").write_text(TARGET)
    few, many = (_peak(tmp_path, queries) for queries in SIZES)
    of_a_pair = (many - few) / ((SIZES[1] - SIZES[0]) * DOCUMENTS)
    assert few + of_a_pair * (PAIRS - SIZES[0] * DOCUMENTS) < BYTES, f"{of_a_pair:.0f} bytes a pair"
