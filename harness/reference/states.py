"""What a module makes of a batch, as rows of tokens that the mask keeps, and how far such rows are apart."""

from __future__ import annotations

import torch
from torch import Tensor


def kept(made: Tensor, mask: Tensor) -> Tensor:
    """The rows of `made` that belong to tokens which the mask (pairs, tokens) keeps, in the order of pairs and tokens:
    shape (rows, width), float64 on the CPU.

    What has no axis of tokens has a row for each pair, and what has none of pairs either is one row.
    """
    pairs, tokens = mask.shape
    shape, keeps = tuple(made.shape), mask.to(made.device) == 1
    if len(shape) > 1 and shape[0] in (1, pairs) and tokens in shape[1:]:
        by_token = made.movedim(shape.index(tokens, 1), 1)
        rows = by_token[keeps] if shape[0] == pairs else by_token[0][keeps.any(0)]
    else:
        rows = made if shape[:1] == (pairs,) else made[None]
    return rows.reshape(len(rows), -1).cpu().double()


def relative(found: Tensor, right: Tensor) -> Tensor:
    """|found − right| / |right| of each row, in the Euclidean norm."""
    away: Tensor = torch.linalg.vector_norm(found - right, dim=-1)
    norms: Tensor = torch.linalg.vector_norm(right, dim=-1)
    return away / norms.clamp(min=torch.finfo(right.dtype).tiny)
