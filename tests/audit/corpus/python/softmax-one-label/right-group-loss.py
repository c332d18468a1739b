import torch
from torch import nn


class GroupLoss(nn.Module):
    """Cross entropy over the passages of a query, the positive one first."""

    def __init__(self, group_size: int, temperature: float = 1.0):
        super().__init__()
        if group_size < 2:
            raise ValueError("a group needs a positive and at least one negative passage")
        self.group_size = group_size
        self.temperature = temperature

    def forward(self, logits: torch.Tensor) -> torch.Tensor:
        grouped = logits.squeeze(-1).view(-1, self.group_size) / self.temperature
        return -torch.log_softmax(grouped, dim=-1)[:, 0].mean()
