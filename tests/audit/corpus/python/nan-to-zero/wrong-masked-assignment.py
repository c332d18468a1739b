import torch
from torch import Tensor


class ScoreHead(torch.nn.Module):
    def __init__(self, weight: Tensor):
        super().__init__()
        self.weight = torch.nn.Parameter(weight, requires_grad=False)

    def forward(self, hidden: Tensor) -> Tensor:
        logits = hidden @ self.weight.T
        logits[torch.isnan(logits)] = 0
        return logits.sigmoid()
