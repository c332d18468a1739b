import torch
from torch import Tensor, nn


class PairModel(nn.Module):
    def __init__(self, encoder: nn.Module, hidden: int, device: torch.device):
        super().__init__()
        self.encoder = encoder
        self.score = nn.Linear(hidden, 1)
        self.to(device)

    @torch.amp.autocast("cuda", dtype=torch.bfloat16)
    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        return self.score(hidden[:, 0]).squeeze(-1)
