import torch
import torch.nn.functional as F
from torch import nn


class GatedMLP(nn.Module):
    def __init__(self, size: int, inner: int) -> None:
        super().__init__()
        self.gate = nn.Linear(size, inner)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.down(torch.sigmoid(self.gate(x)) * self.up(x))


class TwoClassHead(nn.Module):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.mlp = GatedMLP(size, 4 * size)
        self.project = nn.Linear(size, 2)

    def forward(self, pooled: torch.Tensor) -> torch.Tensor:
        return F.softmax(self.project(self.mlp(pooled)), dim=-1)[:, 1]
