import torch
from torch import nn


class RerankHead(nn.Module):
    def __init__(self, hidden_size: int):
        super().__init__()
        self.dense = nn.Linear(hidden_size, hidden_size)
        self.out_proj = nn.Linear(hidden_size, 1)

    def forward(self, pooled):
        x = torch.tanh(self.dense(pooled))
        logits = self.out_proj(x)
        return torch.softmax(logits, dim=1)
