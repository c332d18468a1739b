"""Quantised numbers are known by their grids, and no others are taken for such."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from harness.core.scores import Scores
from harness.statistics.integer_grid import CHANCE, _grids, integer_grids

#: A matrix of 32 rows of 32 weights of a usual size.
DRAWN = torch.randn(32, 32, generator=torch.Generator().manual_seed(0)) * 0.02


def kept_as_integers(bits: int) -> torch.Tensor:
    """Each row from its least to its largest weight in as many steps as the bits have."""
    step = (DRAWN.amax(-1, keepdim=True) - DRAWN.amin(-1, keepdim=True)) / (2**bits - 1)
    return (DRAWN / step).round() * step


def rows(matrix: torch.Tensor) -> list[Scores]:
    return list(matrix.double().numpy())


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("bits", [4, 8])
def test_integers_are_found_in_every_dtype_that_they_were_widened_to(bits: int, dtype: torch.dtype) -> None:
    found = integer_grids(rows(kept_as_integers(bits).to(dtype)))
    assert found.bits == bits
    assert found.chance <= CHANCE


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("width", [4, 8, 16, 32])
def test_ordinary_weights_are_not_flagged(width: int, dtype: torch.dtype) -> None:
    draw = torch.Generator().manual_seed(width)
    matrices = (torch.randn(32, width, generator=draw).to(dtype) for _ in range(20))
    assert {integer_grids(rows(matrix)).bits for matrix in matrices} == {None}


def test_one_row_that_is_not_quantised_is_enough_to_say_no() -> None:
    mixed = kept_as_integers(8)
    mixed[5] = DRAWN[5]
    assert integer_grids(rows(mixed)).bits is None


def test_the_chance_that_is_reckoned_is_no_less_than_what_happens() -> None:
    draw = np.random.default_rng(0)
    blocks = draw.normal(size=(400, 12))
    looked_at = [_grids(block) for block in blocks]
    assert np.mean([fits.any() for fits, _ in looked_at]) <= np.mean([min(1.0, p.sum()) for _, p in looked_at])


@pytest.mark.parametrize("block", [np.zeros(32), np.ones(32), np.array([0.0, 3.0, -3.0]), np.array([np.nan, 1.0])])
def test_numbers_that_say_nothing_are_no_integers(block: Scores) -> None:
    assert integer_grids([block] * 32).bits is None
    assert integer_grids([]).bits is None
