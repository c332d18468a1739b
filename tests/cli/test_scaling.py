"""`rerank-harness bench --engine ray`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from harness.engine.scaling import scaling_schema
from tests.cli.conftest import Done

Command = Callable[..., Done]


@pytest.mark.slow
@pytest.mark.xdist_group("ray")
def test_scaling_is_measured_with_a_worker_killed_and_all_answers_equal(command: Command, tmp_path: Path) -> None:
    done = command(
        "bench", "--engine", "ray", "--workers", "2", "--pairs", "1000", "--rounds", "1", "--json", "s.json",
        "--markdown", "s.md",
    )  # fmt: skip
    found = json.loads((tmp_path / "s.json").read_text())
    jsonschema.validate(found, scaling_schema())
    (entry,) = found["entries"]
    assert (done.status, entry["same_bits"], entry["documents"], entry["length"]) == (0, True, 100, 20)
    assert entry["until_replaced"] > 0
    assert found["command"] in (tmp_path / "s.md").read_text()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--contender", "recipe"), "leave out --contender"),
        (("--compare", "before.json"), "leave out --compare"),
        (("--ray-address", "127.0.0.1:6379"), "leave out --ray-address"),
        (("--documents", "many"), "expected numbers with commas between them"),
        (("--device", "cuda:9"), "device cuda:9 cannot be used"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_line(words: tuple[str, ...], reason: str, command: Command) -> None:
    done = command("bench", "--engine", "ray", *words)
    assert (done.status, reason in done.err, done.err.count("\n")) == (2, True, 1)
