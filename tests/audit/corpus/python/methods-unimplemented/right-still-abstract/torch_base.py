from abc import abstractmethod

import torch

from .base import BaseCrossEncoder


class TorchBase(BaseCrossEncoder):
    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer

    @abstractmethod
    def activation(self, logits: torch.Tensor) -> torch.Tensor: ...

    @torch.inference_mode()
    def encode_core(self, features):
        return self.model(**features.to(self.model.device)).logits

    def encode_post(self, out):
        return self.activation(out.view(-1).float()).cpu().tolist()
