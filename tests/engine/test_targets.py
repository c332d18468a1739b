"""From a target's spec to the target."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.engine.setup import Request
from harness.engine.targets import close_target, open_target
from harness.reference.families import family
from harness.targets.controls import ConstantControl
from harness.targets.preformatted import PreFormatted
from harness.targets.recorded import Recorder


@dataclass(frozen=True)
class Closing:
    """Keeps how often it was closed."""

    closed: list[bool] = field(default_factory=list)

    def close(self) -> None:
        self.closed.append(True)


def test_a_target_is_closed_once_through_all_that_wraps_it(tmp_path: Path) -> None:
    template = family("qwen3-reranker").template
    inner = Closing()
    close_target(Recorder(PreFormatted(inner, template), tmp_path / "r.jsonl"))
    assert inner.closed == [True]


def test_a_target_that_holds_nothing_needs_no_closing() -> None:
    close_target(ConstantControl())


@pytest.mark.parametrize("spec", ["nonsense", "nonsense:thing", "python:", "onnx:", "ftp://host"])
def test_a_spec_of_no_kind_names_the_kinds(spec: str) -> None:
    with pytest.raises(UsageError, match="recorded:FILE"):
        open_target(Request(target=spec), lambda topic, message: None)


@pytest.mark.parametrize("spec", ["http://", "http://:80", "http://host:0", "http://host:99999", "nope+http://h:1x"])
def test_an_address_that_is_none_says_how_one_reads(spec: str) -> None:
    with pytest.raises(UsageError, match="must read"):
        open_target(Request(target=spec), lambda topic, message: None)


def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the recording"):
        open_target(Request(target=f"recorded:{tmp_path / 'none.jsonl'}"), lambda topic, message: None)


def test_prompts_by_the_caller_need_a_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"query": "q", "document": "d", "score": 0.5}\n')
    with pytest.raises(UsageError, match="needs a model"):
        open_target(Request(target=f"recorded:{path}", applies_prompt=False), lambda topic, message: None)
