"""A module is called again on other inputs, with its own masks, and with every number moved by chance that repeats."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import Linear, Module, Sequential

from harness.divergence.again import on_inputs_of, with_all_moved
from harness.divergence.lockstep import Call
from harness.divergence.measures import tensors_of


class Masked(Module):
    """Adds a mask, and a bias that comes in a tuple."""

    def forward(self, states: Tensor, attention_mask: Tensor | None, biases: tuple[Tensor, int]) -> Tensor:
        made = states + biases[0] * biases[1]
        return made if attention_mask is None else made + attention_mask


def call(value: float, dtype: torch.dtype, mask: float | None) -> Call:
    shape = 1, 2, 3
    given = None if mask is None else torch.full(shape, mask, dtype=dtype)
    states, biases = torch.full(shape, value, dtype=dtype), (torch.full(shape, value / 2, dtype=dtype), 2)
    return Call("masked", Masked(), (states,), {"attention_mask": given, "biases": biases}, None, {})


@pytest.mark.parametrize("theirs", [None, 5.0])
def test_a_module_is_given_the_other_s_numbers_and_its_own_mask(theirs: float | None) -> None:
    made = on_inputs_of(call(3.0, torch.float64, theirs), call(1.0, torch.float32, 7.0))
    assert (made.unique().tolist(), made.dtype) == ([13.0], torch.float32)


def test_where_it_has_no_mask_it_is_given_none() -> None:
    assert on_inputs_of(call(3.0, torch.float64, 5.0), call(1.0, torch.float32, None)).unique().tolist() == [6.0]


def test_numbers_move_by_their_share_and_masks_stay() -> None:
    moved = with_all_moved(call(1.0, torch.float64, 64.0), 0.25, seed=0)
    assert set(moved.unique().tolist()) <= {64.0 + 1.5, 64.0 + 2.0, 64.0 + 2.5}
    assert len(moved.unique()) > 1


def test_the_same_seed_moves_alike_and_another_otherwise() -> None:
    one, same, other = (with_all_moved(call(1.0, torch.float64, None), 0.25, seed) for seed in (0, 0, 1))
    assert (torch.equal(one, same), torch.equal(one, other)) == (True, False)


def test_what_parts_make_is_moved_too_and_their_hooks_are_gone() -> None:
    model = Sequential(Linear(2, 2), Linear(2, 2)).double()
    for part in model:
        torch.nn.init.zeros_(part.weight)
        torch.nn.init.ones_(part.bias)
    moved = with_all_moved(Call("model", model, (torch.ones(1, 2).double(),), {}, None, {}), 0.5, seed=0)
    assert set(moved.flatten().tolist()) <= {0.5, 1.5}
    assert not any(part._forward_hooks for part in model)


def test_the_precision_of_the_call_is_that_of_the_pass() -> None:
    model = Linear(2, 2)
    given = Call("linear", model, (torch.ones(1, 2),), {}, None, {"cpu": torch.bfloat16})
    assert on_inputs_of(given, given).dtype == torch.bfloat16


def test_an_answer_is_a_tensor_or_those_of_a_tuple_that_have_its_shape() -> None:
    states, weights = torch.ones(1, 2, 3), torch.ones(1, 4, 2, 2)
    assert len(tensors_of(states)) == len(tensors_of((states, weights))) == len(tensors_of((states, None))) == 1
    assert len(tensors_of((states, states))) == 2
    assert tensors_of({"states": states}) == tensors_of(()) == tensors_of((None, states)) == []
