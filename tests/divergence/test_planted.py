"""Trouble in one module is found there, also deep in a model, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn.functional import linear

from harness.reference.pipeline import Reranker
from tests.divergence.models import LAYERS, both

Computed = Callable[[str], Reranker]
DEEP = LAYERS - 2
HERE = f"model.layers.{DEEP}."


def layer(reranker: Reranker, number: int = DEEP) -> Any:
    module: Any = reranker.parts.module
    return module.model.layers[number]


def one_matrix_changed(reranker: Reranker) -> None:
    with torch.no_grad():
        layer(reranker).mlp.up_proj.weight.mul_(1.01)


def a_layer_changed(reranker: Reranker) -> None:
    """Every weight by about 1 %, in both directions."""
    chance = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in layer(reranker).parameters():
            weight.mul_((1 + 0.01 * torch.randn(weight.shape, generator=chance)).to(weight))


def a_lower_dtype(reranker: Reranker) -> None:
    """The MLP in bfloat16 without anybody's having asked for it."""
    mlp = layer(reranker).mlp
    whole = mlp.forward

    def forward(states: Tensor) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            made: Tensor = whole(states)
        return made.to(states.dtype)

    mlp.forward = forward


def a_norm_without_eps(reranker: Reranker) -> None:
    layer(reranker).self_attn.q_norm.variance_epsilon = 0.0


def rounded_to_tf32(tensor: Tensor) -> Tensor:
    """To ten bits of significand, as tensor cores take float32."""
    bits = tensor.float().contiguous().view(torch.int32)
    return ((bits + (1 << 12)) & -(1 << 13)).view(torch.float32)


def one_matrix_in_tf32(reranker: Reranker) -> None:
    product = layer(reranker).self_attn.o_proj
    product.forward = lambda states: linear(rounded_to_tf32(states), rounded_to_tf32(product.weight))


def a_number_that_is_none(reranker: Reranker) -> None:
    """In one token, behind the module."""

    def spoil(module: object, given: object, output: Tensor) -> Tensor:
        output[0, -3, 5] = torch.nan
        return output

    layer(reranker).mlp.register_forward_hook(spoil)


def another_activation(reranker: Reranker) -> None:
    layer(reranker).mlp.act_fn = torch.nn.GELU()


def another_scale(reranker: Reranker) -> None:
    layer(reranker).self_attn.scaling *= 1.01


def a_residual_lost(reranker: Reranker) -> None:
    layer(reranker).register_forward_hook(lambda module, given, output: output - given[0])


TROUBLES = {
    one_matrix_changed: "mlp.up_proj", a_layer_changed: "input_layernorm", a_lower_dtype: "mlp.gate_proj",
    a_norm_without_eps: "self_attn.q_norm", one_matrix_in_tf32: "self_attn.o_proj", a_number_that_is_none: "mlp",
    another_activation: "mlp.act_fn", another_scale: "self_attn", a_residual_lost: "",
}  # fmt: skip


@pytest.mark.parametrize(("plant", "module"), TROUBLES.items(), ids=lambda it: getattr(it, "__name__", ""))
def test_a_deep_module_is_named_and_nothing_behind_it_is_blamed(
    plant: Callable[[Reranker], None], module: str, computed: Computed, copied: Computed
) -> None:
    wrong = copied("float32")
    plant(wrong)
    blamed = [row.name for row in both(computed("float64"), wrong).modules if row.diverges]
    assert blamed[0] == (HERE + module).rstrip(".")
    assert all(f"{name}.".startswith(HERE) for name in blamed)


def test_one_percent_shows_in_float16(computed: Computed, copied: Computed) -> None:
    wrong = copied("float16")
    one_matrix_changed(wrong)
    found = both(computed("float32"), wrong)
    assert [row.name for row in found.modules if row.diverges] == [f"{HERE}mlp.up_proj"]


def test_bfloat16_shows_where_float16_is_declared(computed: Computed, copied: Computed) -> None:
    wrong = copied("float16")
    a_lower_dtype(wrong)
    found = both(computed("float32"), wrong)
    assert found.first is not None
    assert found.first.name.startswith(f"{HERE}mlp")


def test_five_percent_shows_in_bfloat16(computed: Computed, copied: Computed) -> None:
    wrong = copied("bfloat16")
    with torch.no_grad():
        layer(wrong).mlp.up_proj.weight.mul_(1.05)
    found = both(computed("float32"), wrong)
    assert found.first is not None
    assert found.first.name == f"{HERE}mlp.up_proj"


def test_trouble_on_the_other_side_is_found_as_well(computed: Computed, copied: Computed) -> None:
    wrong = copied("float64")
    another_scale(wrong)
    found = both(wrong, computed("float32"))
    assert found.first is not None
    assert found.first.name == f"{HERE}self_attn"


def test_a_number_that_is_none_on_both_sides_is_trouble(copied: Computed) -> None:
    one, other = copied("float64"), copied("float32")
    a_number_that_is_none(one)
    a_number_that_is_none(other)
    found = both(one, other)
    assert found.first is not None
    assert (found.first.name, found.largest_difference) == (f"{HERE}mlp", torch.inf)


def test_what_overflows_float16_is_found(copied: Computed) -> None:
    sides = [copied(dtype) for dtype in ("float32", "float16")]
    for side in sides:
        with torch.no_grad():
            layer(side).mlp.up_proj.weight.mul_(1e4)
            layer(side).mlp.down_proj.weight.mul_(1e4)
    found = both(*sides)
    assert found.first is not None
    assert found.first.name.startswith(f"{HERE}mlp.")
