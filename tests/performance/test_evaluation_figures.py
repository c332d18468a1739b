"""Metrics and intervals at the size of MS MARCO's development queries."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.peak import needs_linux, peak_of

QUERIES, DOCUMENTS = 7_000, 100
SECONDS = 30.0
#: It holds 266 MiB.
BYTES = 2**29


@pytest.mark.slow
@needs_linux
def test_seven_thousand_queries_of_a_hundred_documents_take_half_a_minute_and_half_a_gibibyte(tmp_path: Path) -> None:
    draw = random.Random(0)
    judged = {query: draw.sample(range(DOCUMENTS), draw.randint(1, 4)) for query in range(QUERIES)}
    (tmp_path / "qrels").write_text("".join(f"{q} 0 {d} 1\n" for q, some in judged.items() for d in some))
    run = (f"{q} Q0 {d} 1 {draw.gauss(2 * (d in judged[q]), 1):.4f} r\n" for q in judged for d in range(DOCUMENTS))
    (tmp_path / "run").write_text("".join(run))
    started = time.perf_counter()
    held = peak_of("evaluate", "--run", "run", "--qrels", "qrels", "--json", "out", cwd=tmp_path)
    assert time.perf_counter() - started < SECONDS
    assert held < BYTES
