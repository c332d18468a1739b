import torch
from torch import nn


class Head(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.dense = nn.Linear(hidden_size, 1)

    def forward(self, hidden):
        return self.dense(hidden).squeeze(-1).sigmoid()


class Reranker(nn.Module):
    def __init__(self, encoder, hidden_size):
        super().__init__()
        self.encoder = encoder
        self.head = Head(hidden_size)

    def forward(self, input_ids, attention_mask):
        hidden = self.encoder(input_ids, attention_mask).last_hidden_state[:, 0]
        return self.head(hidden)


def compute_score(reranker, features):
    with torch.inference_mode():
        output = reranker(**features)
    return torch.sigmoid(output.float()).cpu().tolist()
