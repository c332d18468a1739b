import torch

from .tokens import answers


class YesNo(torch.nn.Module):
    def __init__(self, tokenizer):
        super().__init__()
        self.no_id, self.yes_id = answers(tokenizer)

    def forward(self, logits: torch.Tensor) -> torch.Tensor:
        return logits[:, self.yes_id] - logits[:, self.no_id]
