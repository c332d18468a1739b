"""The plan counts as the program does, its page says what it prints, and what it took over is still so."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.models.shapes import QWEN3_06B
from harness.benchmark.plan import CANDIDATES, QUERIES, SHAPES, Shape, Unit, main, planned, tables
from harness.benchmark.work import counting
from harness.benchmark.workload import workload
from harness.core.pairs import Pair
from harness.engine.openings import need_of
from harness.reference.devices import Device
from harness.reference.pipeline import Reranker
from harness.scoring.units import loads_of, units_of

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def shape_of(config: dict[str, Any]) -> Shape:
    return Shape(
        "", config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"],
        config["num_attention_heads"], config["num_key_value_heads"], config["head_dim"], config["vocab_size"],
        config["tie_word_embeddings"],
    )  # fmt: skip


def test_operations_are_those_that_torch_counts(reranker: Reranker) -> None:
    asked = workload(reranker, 20, 30)
    own = {len(reranker.encoding(pair).ids) - asked.shared for pair in asked.pairs}
    shape = shape_of(json.loads((reranker.parts.checkpoint.folder / "config.json").read_text()))
    with counting(reranker.parts.module) as counted:
        reranker.log_odds(asked.pairs)
    unit = Unit(20, asked.shared, max(own))
    assert len(own) == 1
    assert counted().tokens == unit.tokens
    assert counted().flops == pytest.approx(shape.flops(unit), rel=1e-3)


def test_a_model_has_the_numbers_that_it_is_published_with() -> None:
    billions = [round(shape.parameters / 1e9, 2) for shape in SHAPES]
    assert (SHAPES[0].parameters, billions) == (595_776_512, [0.60, 4.02, 8.19])


def test_the_smallest_shape_is_that_of_the_random_checkpoint() -> None:
    found = shape_of(QWEN3_06B)
    assert (found.flops(planned()[0]), found.parameters) == (SHAPES[0].flops(planned()[0]), SHAPES[0].parameters)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_worker_needs_what_ray_is_asked_for(shape: Shape) -> None:
    config = {"hidden_size": shape.hidden, "intermediate_size": shape.inner}
    checkpoint: Any = SimpleNamespace(weight_bytes=shape.needs[0], dtype="bfloat16", config=config)
    assert need_of(checkpoint, Device("cuda"), None, 1).card_bytes == sum(shape.needs)


def test_a_query_with_its_candidates_is_one_unit_and_one_load() -> None:
    passage = "seven letters " * 24 + "or"  # 338 bytes, which is the mean of MS MARCO's passages
    pairs = [Pair(f"query {n}", passage) for n in range(2) for _ in range(CANDIDATES)]
    units = list(units_of(pairs))
    assert ([len(unit.documents) for unit in units], len(list(loads_of(units)))) == ([CANDIDATES, CANDIDATES], 2)
    assert QUERIES * CANDIDATES == 6_980_000


def test_sharing_saves_what_a_prefix_is_of_a_prompt() -> None:
    unit = planned()[0]
    assert unit.apart.tokens * unit.documents / unit.tokens == pytest.approx(1 + unit.prefix / unit.document, rel=1e-2)


@pytest.mark.parametrize(("name", "table"), tuple(tables()))
def test_the_page_holds_every_table_as_it_is_printed(name: str, table: str) -> None:
    assert f"\n{table}\n" in PAGE.read_text(encoding="utf-8"), f"{name}: python -m harness.benchmark.plan"


def test_the_page_holds_no_other_table() -> None:
    lines = {line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")}
    assert lines == {line for _, table in tables() for line in table.splitlines()}


def test_the_command_prints_all_tables(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    assert all(f"{name}\n\n{table}\n" in printed for name, table in tables())
