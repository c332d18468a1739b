"""A model with weights of eight bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from fixtures.collections import load_judged
from harness.faults import plant
from harness.reference.attention import attention_by
from harness.reference.forward import PooledEncoder
from harness.reference.pipeline import Reranker
from harness.reference.quantise import linear_layers, quantised, rounded_to_integers

PAIRS = tuple(load_judged().pairs())[:12]


@pytest.fixture(scope="module")
def of_eight_bits(reranker: Reranker) -> Reranker:
    return quantised(reranker)


def test_scores_move_by_more_than_rounding_and_by_less_than_with_four_bits(
    reranker: Reranker, of_eight_bits: Reranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = reranker.log_odds(PAIRS)
    monkeypatch.setattr("harness.reference.quantise.BITS", 4)
    eight, four, rounding = (
        np.abs(found - right).max()
        for found in (
            of_eight_bits.log_odds(PAIRS), quantised(reranker).log_odds(PAIRS),
            reranker.log_odds(PAIRS, one_by_one=True),
        )
    )  # fmt: skip
    assert 8 * rounding < eight < four / 4


def test_every_row_has_at_most_255_values_and_the_head_keeps_its_own(of_eight_bits: Reranker) -> None:
    layers = linear_layers(of_eight_bits.parts.module)
    assert max(len(row.unique()) for layer in layers.values() for row in layer.weight) <= 255
    assert len(layers) == 21
    assert not any("lm_head" in name for name in layers)


def test_the_original_is_left_as_it_was(reranker: Reranker) -> None:
    before = [p.clone() for p in reranker.parts.module.parameters()]
    quantised(reranker)
    assert all(torch.equal(a, b) for a, b in zip(before, reranker.parts.module.parameters(), strict=True))


def test_its_ways_of_computing_agree(of_eight_bits: Reranker) -> None:
    assert of_eight_bits.shared is not None
    assert of_eight_bits.shared.stands_for(of_eight_bits.stages)
    alone = of_eight_bits.log_odds(PAIRS, one_by_one=True)
    assert np.abs(of_eight_bits.log_odds(PAIRS) - alone).max() < 1e-9
    with attention_by(of_eight_bits, "eager"):
        # its softmax is computed in float32
        assert 0.0 < np.abs(of_eight_bits.log_odds(PAIRS, one_by_one=True) - alone).max() < 1e-4


def test_a_forward_pass_that_was_exchanged_cannot_be_quantised(reranker: Reranker) -> None:
    with pytest.raises(ValueError, match="only a reranker with its own forward pass"):
        quantised(plant(reranker, "layer-missing"))


def test_an_encoder_is_quantised_below_its_classifier(reranker: Reranker) -> None:
    sizes = {"vocab_size": 32, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    model = BertForSequenceClassification(BertConfig(**sizes, intermediate_size=32, num_labels=1))
    stages = replace(reranker.stages, forward=PooledEncoder(model, reranker.parts.precision))
    encoder = replace(reranker, stages=stages, parts=replace(reranker.parts, module=model), shared=None)
    made = quantised(encoder).parts.module
    assert set(linear_layers(made)) == {name.removeprefix("bert.") for name in _linear(model) if "bert." in name}
    assert torch.equal(made.get_submodule("classifier").weight, model.classifier.weight)  # type: ignore[arg-type]


def _linear(model: torch.nn.Module) -> list[str]:
    return [name for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]


def test_integers_are_those_of_absmax_and_symmetric() -> None:
    weight = torch.tensor([[1.27, -0.634, 0.0049], [0.0, 0.0, 0.0]])
    expected = torch.tensor([[1.27, -0.63, 0.0], [0.0, 0.0, 0.0]])
    assert torch.allclose(rounded_to_integers(weight, 8), expected, atol=1e-7)


def test_half_precision_is_rounded_in_float32() -> None:
    weight = torch.randn(8, 64, generator=torch.Generator().manual_seed(0)).to(torch.bfloat16)
    expected = rounded_to_integers(weight.float(), 8).to(torch.bfloat16)
    assert torch.equal(rounded_to_integers(weight, 8), expected)
