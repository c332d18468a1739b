"""ONNX graphs as a target: our own export and those of other exporters, run by the real ONNX Runtime."""

from __future__ import annotations

import shutil
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from fixtures.models import model_folder
from fixtures.models.export import cached
from fixtures.models.onnx import GRAPH, write_onnx
from harness.core.errors import MissingDependency, TargetError, UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.reference.checkpoint import open_checkpoint
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.onnx import OnnxTarget, open_onnx

PAIRS = (
    Pair("what is the capital of China", "The capital of China is Beijing."),
    Pair("what is the capital of China", "Gravity attracts two bodies towards each other."),
    Pair("what is the capital of China", "The capital of Korea is Seoul. " * 20),
    Pair("天空为什么是蓝色的", "因为空气散射蓝光。", "Find passages about physics"),
)
#: ONNX Runtime in float32 was at most 3.1e-5 away over the embedded collection.
LIMIT = 1e-4


def opened(folder: Path) -> OnnxTarget:
    pytest.importorskip("onnxruntime")
    return open_onnx(f"onnx:{folder}", str(folder), "cpu")


def exported(name: str) -> Path:
    """Our own export, kept: the exporter takes ten seconds."""
    pytest.importorskip("onnx")
    pytest.importorskip("onnxscript")
    return cached(f"{name}-onnx", partial(write_onnx, load_reranker(open_checkpoint(model_folder(name)))))


def scores(target: OnnxTarget) -> Scores:
    return np.array([target.score(p.query, [p.document], p.instruction)[0] for p in PAIRS])


class Foreign(torch.nn.Module):
    """A whole model with the inputs and outputs that other exporters give a graph."""

    def __init__(self, name: str, output: str) -> None:
        super().__init__()
        self.model, self.output = load_reranker(open_checkpoint(model_folder(name))).parts.module, output

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Any:
        logits = self.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).logits
        return logits[:, :, None] if self.output == "one too many" else logits


def foreign(name: str, folder: Path, *, output: str = "logits", mask: str = "attention_mask") -> Path:
    """Tokenizer and configuration of an embedded model beside a graph that is not ours."""
    pytest.importorskip("onnx")
    shutil.copytree(model_folder(name), folder, ignore=shutil.ignore_patterns("*.safetensors"), dirs_exist_ok=True)
    ids = torch.tensor([[3, 4, 5], [6, 7, 8]])
    axes = {key: {0: "batch", 1: "length"} for key in ("input_ids", mask)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Foreign(name, output).eval(), (ids, torch.tensor([[0, 1, 1], [1, 1, 1]])), folder / GRAPH, dynamo=False,
            input_names=["input_ids", mask], output_names=["logits"], dynamic_axes=axes, opset_version=18,
        )  # fmt: skip
    return folder


@pytest.mark.parametrize("name", ["tiny-causal", pytest.param("tiny-seq-cls", marks=pytest.mark.slow)])
def test_our_own_export_scores_as_the_checkpoint_defines(name: str, reference: Reranker) -> None:
    np.testing.assert_allclose(scores(opened(exported(name))), reference.log_odds(PAIRS), atol=LIMIT)


@pytest.mark.parametrize("name", ["tiny-causal", "tiny-permuted", "tiny-seq-cls", "tiny-seq-cls-2-reversed"])
def test_a_foreign_export_is_read_at_the_answers_or_at_the_relevant_label(
    name: str, tmp_path: Path, reference: Reranker
) -> None:
    np.testing.assert_allclose(scores(opened(foreign(name, tmp_path))), reference.log_odds(PAIRS), atol=LIMIT)


def test_a_batch_of_any_size_scores_as_its_pairs_do() -> None:
    target = opened(exported("tiny-causal"))
    together = target.score(PAIRS[0].query, [p.document for p in PAIRS[:3]], None)
    np.testing.assert_allclose(together, scores(target)[:3], atol=LIMIT)
    assert target.score("q", [], None) == []


def test_the_instruction_of_the_prompt_counts() -> None:
    target = opened(exported("tiny-causal"))
    assert target.capabilities.instruction
    assert target.score("q", ["d"], "Find physics")[0] != target.score("q", ["d"], None)[0]


def test_inputs_that_no_batch_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="takes 'past_key_values'"):
        opened(foreign("tiny-seq-cls", tmp_path, mask="past_key_values"))


def test_logits_whose_shape_says_no_score_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="say no score of a Qwen3ForSequenceClassification"):
        opened(foreign("tiny-seq-cls", tmp_path, output="one too many"))


def test_token_ids_that_the_graph_does_not_know_end_in_its_own_words(tmp_path: Path) -> None:
    shutil.copytree(model_folder("qwen3-vocab"), tmp_path, dirs_exist_ok=True)
    shutil.copy(foreign("tiny-causal", tmp_path / "tiny") / GRAPH, tmp_path)
    with pytest.raises(TargetError, match="ONNX Runtime raised"):
        opened(tmp_path).score("天空为什么是蓝色的", ["因为空气散射蓝光。"], None)


def test_a_file_that_is_no_graph_is_wrong_use(tmp_path: Path) -> None:
    shutil.copytree(model_folder("tiny-causal"), tmp_path, dirs_exist_ok=True)
    (tmp_path / GRAPH).write_bytes(b"no graph")
    with pytest.raises(UsageError, match="cannot read it") as refusal:
        opened(tmp_path)
    assert "\n" not in str(refusal.value)


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="models export NAME DIR --format onnx"):
        open_onnx("onnx:x", str(tmp_path), "cpu")


def test_a_device_without_a_provider_is_named(tmp_path: Path) -> None:
    runtime = pytest.importorskip("onnxruntime")
    if "CoreMLExecutionProvider" in runtime.get_available_providers():
        pytest.skip("this ONNX Runtime has the provider")
    with pytest.raises(UsageError, match="no CoreMLExecutionProvider for the device mps"):
        open_onnx("onnx:x", str(exported("tiny-causal")), "mps")


def test_without_the_package_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(model_folder("tiny-causal"), tmp_path, dirs_exist_ok=True)
    (tmp_path / GRAPH).touch()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingDependency, match="pip install onnxruntime"):
        open_onnx("onnx:x", str(tmp_path), "cpu")
