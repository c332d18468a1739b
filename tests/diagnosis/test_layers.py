"""The first stage, and within the forward pass the first module, that leaves the reference."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.layers import first_difference
from harness.diagnosis.result import Difference
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.batch import Batch, Padder
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker

DOCUMENTS = (
    "The river splits into arms before it reaches the sea.",
    "A delta grows where a river slows down and drops what it carries: sand, silt and clay, year after year.",
    "Bread is baked at 230 degrees.",
)
PAIRS = tuple(Pair("How does a river delta form?", document) for document in DOCUMENTS)


def found(reference: Reranker, target: Reranker, *faults: str) -> Difference:
    difference = first_difference(reference, plant(target, *faults), PAIRS)
    assert difference is not None
    return difference


@pytest.mark.parametrize(
    ("fault", "stage"),
    [
        ("template-absent", Stage.ASSEMBLE),
        ("bos-added", Stage.ENCODE),
        ("template-as-text", Stage.ENCODE),
        ("mask-missing", Stage.BATCH),
        ("last-column-read", Stage.BATCH),
        ("second-last-read", Stage.BATCH),
        ("positions-restarted", Stage.BATCH),
        ("packed-without-boundaries", Stage.BATCH),
        ("capitalised-answers", Stage.HEAD),
        ("answers-swapped", Stage.HEAD),
        ("logits-in-bfloat16", Stage.HEAD),
        ("double-sigmoid", Stage.ACTIVATE),
        ("negative-answer-ignored", Stage.ACTIVATE),
        ("scores-zipped-with-sorted-order", Stage.REPLY),
        ("top-n-off-by-one", Stage.REPLY),
        ("repeats-rounded", Stage.STATE),
        ("rows-in-length-order", Stage.STATE),
    ],
)
def test_a_fault_shows_at_its_stage(reference: Reranker, reranker: Reranker, fault: str, stage: Stage) -> None:
    assert found(reference, reranker, fault).stage is stage


@pytest.mark.parametrize(
    ("fault", "module"),
    [
        ("embeddings-scaled", "model.embed_tokens"),
        ("rope-base-wrong", "model.layers.0"),
        ("causal-mask-missing", "model.layers.0"),
        ("layer-missing", "model.layers.2"),
        ("final-norm-missing", "model.norm"),
        ("weights-in-bfloat16", "model.embed_tokens"),
    ],
)
def test_a_forward_fault_shows_at_its_module(reference: Reranker, reranker: Reranker, fault: str, module: str) -> None:
    assert found(reference, reranker, fault).where == module


@pytest.mark.parametrize("fault", ["first-token-read", "mean-pooled", "low-precision", "nan-state"])
def test_what_goes_wrong_behind_the_layers_is_told_apart(reference: Reranker, reranker: Reranker, fault: str) -> None:
    difference = found(reference, reranker, fault)
    assert (difference.stage, difference.message) == (
        Stage.FORWARD,
        "the layers agree; what is read from them does not",
    )


@pytest.mark.parametrize("dtype", ["float64", "float32", "bfloat16", "float16"])
def test_a_healthy_target_never_leaves_the_reference(reference: Reranker, dtype: str) -> None:
    target = load_reranker(reference.parts.checkpoint, Device("cpu"), dtype=dtype)
    assert first_difference(reference, target, PAIRS) is None


def test_the_reference_agrees_with_itself(reference: Reranker) -> None:
    assert first_difference(reference, reference, PAIRS) is None


def test_padding_on_the_other_side_is_no_difference(reference: Reranker, reranker: Reranker) -> None:
    padder = reranker.stages.batch
    assert isinstance(padder, Padder)
    turned = replace(reranker, stages=replace(reranker.stages, batch=replace(padder, side="right")))
    assert first_difference(reference, turned, PAIRS) is None


def test_a_target_may_share_its_module_with_the_reference(reference: Reranker) -> None:
    assert found(reference, reference, "layer-missing").where == "model.layers.2"
    assert first_difference(reference, reference, PAIRS) is None


def test_a_half_precision_target_is_measured_against_its_own_noise(reference: Reranker) -> None:
    target = load_reranker(reference.parts.checkpoint, Device("cpu"), dtype="bfloat16")
    assert found(reference, target, "layer-missing").where == "model.layers.2"
    assert first_difference(reference, plant(target, "weights-in-bfloat16", "logits-in-bfloat16"), PAIRS) is None


def test_a_layer_is_judged_at_every_token_and_not_only_where_the_answer_is_read(reference: Reranker) -> None:
    target = load_reranker(reference.parts.checkpoint, Device("cpu"), dtype="bfloat16")
    assert found(reference, target, "rope-scaled").where == "model.layers.0"


def test_the_earliest_of_two_faults_is_named(reference: Reranker, reranker: Reranker) -> None:
    assert found(reference, reranker, "double-sigmoid", "bos-added").stage is Stage.ENCODE


def test_a_prompt_is_shown_on_both_sides(reference: Reranker, reranker: Reranker) -> None:
    difference = found(reference, reranker, "think-block-missing")
    target, expected = difference.evidence.split("; reference ")
    assert "<think>" in expected
    assert "<think>" not in target


def test_token_ids_are_shown_decoded(reference: Reranker, reranker: Reranker) -> None:
    difference = found(reference, reranker, "bos-added")
    assert difference.where == "prompt 0, token 0"
    assert "'<|endoftext|>'" in difference.evidence


def test_reading_at_padding_is_named(reference: Reranker, reranker: Reranker) -> None:
    assert found(reference, reranker, "last-column-read").message == "the answer is read at padding"


def test_a_number_comes_with_its_limit(reference: Reranker, reranker: Reranker) -> None:
    difference = found(reference, reranker, "answers-swapped")
    assert difference.value is not None
    assert difference.limit is not None
    assert difference.value > 1000 * difference.limit > 0


def test_a_forward_pass_that_runs_rows_apart_is_not_looked_into(reference: Reranker, reranker: Reranker) -> None:
    healthy = reranker.stages.forward

    def forward(batch: Batch) -> torch.Tensor:
        rows = (Batch(*(t[[i]] for t in (batch.ids, batch.mask, batch.positions, batch.answer))) for i in range(2))
        return torch.cat([healthy(row) for row in rows])

    apart = replace(reranker, stages=replace(reranker.stages, forward=forward))
    assert "runs 2 times" in found(reference, apart).message


def test_a_classifier_is_looked_into_as_well() -> None:
    reference = load_reranker(resolve_model("tiny-seq-cls"), Device("cpu"), dtype="float64")
    assert first_difference(reference, reference, PAIRS) is None
    assert found(reference, reference, "final-norm-missing").where == "model.norm"
    assert found(reference, reference, "head-zero").stage is Stage.HEAD


def test_no_pairs_show_no_difference(reference: Reranker, reranker: Reranker) -> None:
    assert first_difference(reference, plant(reranker, "template-absent"), ()) is None


def test_no_hook_is_left_behind(reference: Reranker, reranker: Reranker) -> None:
    found(reference, reranker, "layer-missing")
    modules = [*reference.parts.module.modules(), *reranker.parts.module.modules()]
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in modules)
