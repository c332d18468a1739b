import torch
from torch import Tensor


class YesNoHead(torch.nn.Module):
    """Turns the vocabulary logits of the answer position into P(yes)."""

    def forward(self, hidden: Tensor, lm_head: torch.nn.Linear) -> Tensor:
        vocab_logits = lm_head(hidden)
        no_yes = vocab_logits[:, [2152, 9693]]
        return no_yes.float().softmax(dim=-1)[:, 1]
