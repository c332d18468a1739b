import math

import torch
from torch import nn


class SelfAttention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads, self.width = heads, size // heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)

    def forward(self, x, bias):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(self.width) + bias, dim=-1)
        return self.out((weights @ v).transpose(1, 2).reshape(b, n, -1))


class Classifier(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.attention = SelfAttention(size, heads)
        self.score = nn.Linear(size, 1)

    def forward(self, x, bias):
        pooled = self.attention(x, bias)[:, 0]
        return torch.sigmoid(self.score(pooled).squeeze(-1))
