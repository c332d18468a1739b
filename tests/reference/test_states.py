"""Rows are those of kept tokens, wherever the axis of tokens stands."""

from __future__ import annotations

import pytest
import torch

from harness.reference.states import kept, relative

#: Two pairs of four tokens, one of them padded on the left.
MASK = torch.tensor([[1, 1, 1, 1], [0, 0, 1, 1]])


@pytest.mark.parametrize(
    ("shape", "rows"),
    [
        ((2, 4, 3), (6, 3)),
        ((2, 4, 3, 5), (6, 15)),
        ((2, 3, 4, 5), (6, 15)),
        ((1, 4, 3), (4, 3)),
        ((2, 3), (2, 3)),
        ((7, 3), (1, 21)),
        ((), (1, 1)),
    ],
)
def test_a_row_is_a_kept_token_or_a_pair_or_everything(shape: tuple[int, ...], rows: tuple[int, int]) -> None:
    assert kept(torch.ones(shape), MASK).shape == rows


def test_padding_is_left_out() -> None:
    made = torch.where(MASK[..., None] == 1, 1.0, torch.nan).expand(2, 4, 3)
    assert torch.equal(kept(made, MASK), torch.ones(6, 3, dtype=torch.float64))


def test_heads_before_tokens_are_joined_to_the_token() -> None:
    made = torch.arange(2 * 3 * 4.0).reshape(2, 3, 4, 1)
    assert kept(made, MASK)[1].tolist() == [1.0, 5.0, 9.0]


def test_a_distance_is_relative_to_the_length_of_the_right_row() -> None:
    right = torch.tensor([[3.0, 4.0], [0.0, 0.0]])
    assert relative(right * 1.5, right).tolist() == [0.5, 0.0]
