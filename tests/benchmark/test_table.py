"""What a reader of the table is told beside its rows."""

import math
from dataclasses import replace

from harness.benchmark.result import Benchmark, Entry
from harness.benchmark.table import notes_of, page_of, rows_of

ENTRY = Entry("reference", 10, 20, 1100, (2.0, 1.0, 3.0), (1e9, 1e9, 1e9), 380, 10**9, None, 1e-6)
FOUND = Benchmark(
    {"id": "m", "digest": "d"}, "cpu", "float32", "a machine", 1, {}, "today", "rerank-harness bench", 1e-4,
    (ENTRY, replace(ENTRY, contender="recipe", seconds=(4.0, 4.0, 4.0))),
)  # fmt: skip


def test_a_row_holds_the_median_the_rates_and_the_ratio_of_each_round() -> None:
    reference, _ = rows_of(FOUND)
    assert reference == (
        "10", "20", "reference", "2.00 s", "1.50 s-2.50 s", "5.0", "550", "2.00", "-", "50%", "-", "1.0e-06"
    )  # fmt: skip


def test_a_peer_that_computes_something_else_is_told() -> None:
    wrong = replace(ENTRY, contender="sentence-transformers", deviation_logit=math.nan)
    told = [note for note in notes_of(replace(FOUND, entries=(*FOUND.entries, wrong))) if "another computation" in note]
    assert [note.split(":")[0] for note in told] == ["sentence-transformers"]


def test_the_page_ends_with_the_command_that_makes_it_again() -> None:
    assert page_of(FOUND).markdown().endswith("\n    rerank-harness bench\n")
