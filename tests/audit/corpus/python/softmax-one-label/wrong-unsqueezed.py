import torch
import torch.nn.functional as F


def normalise(logits: torch.Tensor) -> torch.Tensor:
    """Scores in [0, 1] from relevance logits of shape (batch,)."""
    columns = logits.flatten().unsqueeze(-1)
    return F.softmax(columns, dim=-1).squeeze(-1)
