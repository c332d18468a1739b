import torch
from torch import nn


class RerankHead(nn.Module):
    def __init__(self, hidden_size: int, num_labels: int):
        super().__init__()
        self.num_labels = num_labels
        self.dense = nn.Linear(hidden_size, hidden_size)
        self.out_proj = nn.Linear(hidden_size, num_labels)

    def forward(self, pooled):
        logits = self.out_proj(torch.tanh(self.dense(pooled)))
        if self.num_labels == 1:
            return torch.sigmoid(logits)[:, 0]
        return torch.softmax(logits, dim=-1)[:, 1]
