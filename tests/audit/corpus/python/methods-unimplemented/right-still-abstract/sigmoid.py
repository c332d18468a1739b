import torch

from .torch_base import TorchBase


class SigmoidCrossEncoder(TorchBase):
    def encode_pre(self, pairs):
        return self.tokenizer(pairs, padding=True, truncation=True, return_tensors="pt")

    def activation(self, logits):
        return torch.sigmoid(logits)
