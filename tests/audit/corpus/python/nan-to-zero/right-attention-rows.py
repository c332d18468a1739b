import math

import torch
from torch import Tensor


def masked_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Attention in which rows of padding attend to nothing at all."""
    weights = q @ k.transpose(-1, -2) / math.sqrt(q.size(-1))
    weights = weights.masked_fill(~mask, float("-inf"))
    weights = torch.nan_to_num(torch.softmax(weights, dim=-1), nan=0.0)
    return weights @ v
