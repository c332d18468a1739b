import torch
from torch import Tensor, nn


class AttentionPooling(nn.Module):
    """Weights the tokens by one learnt number each."""

    def __init__(self, hidden: int):
        super().__init__()
        self.weigh = nn.Linear(hidden, 1)
        self.out = nn.Linear(hidden, 1)

    def forward(self, hidden_states: Tensor, mask: Tensor) -> Tensor:
        weights = self.weigh(hidden_states).squeeze(-1).masked_fill(mask == 0, float("-inf"))
        weights = torch.softmax(weights, dim=-1).unsqueeze(-1)
        return self.out((weights * hidden_states).sum(dim=1)).squeeze(-1)
