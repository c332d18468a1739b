import torch

from . import vocabulary as v


def two_way(last_logits: torch.Tensor) -> torch.Tensor:
    """Log-odds of the positive answer; `last_logits` has shape (batch, vocabulary)."""
    return (last_logits[:, v.ANSWER_YES] - last_logits[:, v.ANSWER_NO]).float()
