import torch

from .tokens import answer_ids


class YesNo(torch.nn.Module):
    def __init__(self, tokenizer):
        super().__init__()
        self.no_id, self.yes_id = sorted(answer_ids(tokenizer))

    def forward(self, logits: torch.Tensor) -> torch.Tensor:
        return logits[:, self.yes_id] - logits[:, self.no_id]
