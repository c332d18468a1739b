import torch

from .lookup import token_id


class TwoWayClassifier:
    def __init__(self, lm_head: torch.nn.Linear, tokenizer) -> None:
        weight = lm_head.weight.detach().float()
        self.row = weight[token_id(tokenizer, "yes")] - weight[token_id(tokenizer, "no")]

    def __call__(self, hidden: torch.Tensor) -> torch.Tensor:
        return hidden.float() @ self.row
