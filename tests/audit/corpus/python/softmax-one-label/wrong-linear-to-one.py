from torch import Tensor, nn


class RelevanceHead(nn.Module):
    def __init__(self, hidden: int, dropout: float = 0.1):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(hidden, hidden),
            nn.Tanh(),
            nn.Dropout(dropout),
            nn.Linear(hidden, 1),
            nn.Softmax(dim=-1),
        )

    def forward(self, pooled: Tensor) -> Tensor:
        return self.layers(pooled).squeeze(-1)
