"""Healthy computations do not diverge, and no more is held in memory of a deep model than of a shallow one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import torch
from torch.multiprocessing.reductions import StorageWeakRef
from transformers import BertConfig, BertForSequenceClassification

from harness.core.errors import UsageError
from harness.divergence.compare import HEAD, around, compared
from harness.divergence.computation import Computation
from harness.divergence.measures import tensors_of
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.checkpoint import Checkpoint
from harness.reference.pipeline import Reranker
from tests.divergence.models import LAYERS, PAIRS, both, deepened

Computed = Callable[[str], Reranker]
ALL = [f"{dtype}/{kernel}" for dtype in ("float64", "float32", "float16", "bfloat16") for kernel in ("sdpa", "eager")]


@pytest.fixture(scope="module")
def tiny() -> Computed:
    known = {text: Computation.parse(text).load(resolve_model("tiny-causal")) for text in ALL}
    return known.__getitem__


@pytest.mark.parametrize(("one", "other"), list(combinations(ALL, 2)))
def test_healthy_computations_do_not_diverge(one: str, other: str, tiny: Computed) -> None:
    found = both(tiny(one), tiny(other), PAIRS[:1])
    assert (found.first, found.worst.excess < 0.7) == (None, True)


@pytest.mark.parametrize("name", ["tiny-seq-cls", "tiny-untied", "qwen3-vocab"])
def test_other_models_do_not_diverge_either(name: str) -> None:
    a, b = (Computation.parse(text).load(resolve_model(name)) for text in ("float32", "bfloat16/eager"))
    assert both(a, b).first is None


def test_a_deep_model_does_not_diverge_however_much_accumulates(computed: Computed) -> None:
    found = both(computed("float32"), computed("bfloat16"))
    assert found.first is None
    assert max(row.accumulated for row in found.modules) > 2 * max(row.local for row in found.modules)


def test_every_module_has_a_row_in_running_order(tiny: Computed) -> None:
    names = [row.name for row in both(tiny("float64/sdpa"), tiny("float32/sdpa")).modules]
    attention = ["q_proj", "q_norm", "k_proj", "k_norm", "v_proj", "o_proj"]
    layer = [
        "input_layernorm", *(f"self_attn.{name}" for name in attention), "self_attn", "post_attention_layernorm",
        "mlp.gate_proj", "mlp.act_fn", "mlp.up_proj", "mlp.down_proj", "mlp",
    ]  # fmt: skip
    first = [f"model.layers.0.{name}" for name in layer]
    assert names[:17] == ["model.embed_tokens", "model.rotary_emb", *first, "model.layers.0"]
    assert names[-2:] == ["model.norm", HEAD]


def test_a_computation_is_nothing_away_from_itself(tiny: Computed) -> None:
    found = both(tiny("float32/sdpa"), tiny("float32/sdpa"))
    assert {(row.local, row.accumulated) for row in found.modules} == {(0.0, 0.0)}
    assert found.largest_difference == 0.0


def test_scores_are_those_of_the_rerankers(tiny: Computed) -> None:
    a, b = tiny("float64/sdpa"), tiny("bfloat16/sdpa")
    found = both(a, b)
    assert found.log_odds[0] == pytest.approx(a.log_odds(PAIRS), abs=1e-6)
    assert found.log_odds[1] == pytest.approx(b.log_odds(PAIRS), abs=0.2)


def test_pairs_that_do_not_fit_into_one_pass_are_compared_in_several(tiny: Computed) -> None:
    a, b = tiny("float32/sdpa"), tiny("bfloat16/sdpa")
    one, several = both(a, b), both(replace(a, tokens_per_batch=100), b)
    assert [row.name for row in one.modules] == [row.name for row in several.modules]
    assert several.log_odds[1] == pytest.approx(one.log_odds[1], abs=0.2)


def test_an_encoder_with_its_own_classifier_is_compared_too(tiny: Computed, reference: Reranker) -> None:
    sizes = {"vocab_size": 4000, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    model = BertForSequenceClassification(BertConfig(**sizes, intermediate_size=32, num_labels=1)).eval()
    alone = replace(reference.parts, answer_ids=(), activation=replace(reference.parts.activation, negative=None))
    sides = []
    for dtype in (torch.float64, torch.float32):
        parts = replace(alone, module=model.to(dtype), precision=replace(alone.precision, dtype=dtype))
        model = BertForSequenceClassification(model.config).eval()
        model.load_state_dict(parts.module.state_dict())
        sides.append(around(replace(reference, parts=alone), parts))
    found = both(*sides)
    assert found.first is None
    assert {"bert.encoder.layer.1.attention.self", "bert.pooler", "classifier"} <= {row.name for row in found.modules}


def test_faults_around_the_modules_are_not_looked_at(tiny: Computed) -> None:
    b = tiny("float32/sdpa")
    assert both(tiny("float64/sdpa"), around(b, plant(b, "nan-state", "answers-swapped").parts)).first is None


def test_models_with_other_modules_are_refused(tiny: Computed, computed: Computed) -> None:
    with pytest.raises(UsageError, match=r"other modules \(model.norm beside model.layers.3.input_layernorm\)"):
        both(tiny("float32/sdpa"), computed("float32"))


def test_no_hook_is_left_behind(tiny: Computed) -> None:
    sides = tiny("float64/sdpa"), tiny("float32/sdpa")
    both(*sides)
    modules = [module for side in sides for module in side.parts.module.modules()]
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in modules)


def most_held(checkpoint: Checkpoint) -> int:
    """The most bytes of modules' outputs that are alive at once."""
    a, b = (Computation.parse(text).load(checkpoint) for text in ("float32", "float32/eager"))
    made: list[tuple[StorageWeakRef, int]] = []
    most = 0
    for found in compared(a, b, [a.encoding(pair) for pair in PAIRS]):
        storages = {t.untyped_storage().data_ptr(): t.untyped_storage() for o in found.made for t in tensors_of(o)}
        made = [held for held in made if not held[0].expired()]
        made += [(StorageWeakRef(storage), storage.nbytes()) for storage in storages.values()]
        del found, storages
        most = max(most, sum(size for _, size in made))
    return most


def test_memory_does_not_grow_with_depth(tmp_path: Path, deep: Checkpoint) -> None:
    assert most_held(deepened(tmp_path / "model", 2)) == most_held(deep)
    assert LAYERS == 8
