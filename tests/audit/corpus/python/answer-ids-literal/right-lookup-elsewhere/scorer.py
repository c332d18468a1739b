import torch

from .vocabulary import answer_ids


class TwoWay(torch.nn.Module):
    def __init__(self, tokenizer) -> None:
        super().__init__()
        self.yes_id, self.no_id = answer_ids(tokenizer)

    def forward(self, last_logits: torch.Tensor) -> torch.Tensor:
        return (last_logits[:, self.yes_id] - last_logits[:, self.no_id]).float()
