import torch

from .base import BaseCrossEncoder


class TorchCrossEncoder(BaseCrossEncoder[dict]):
    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer

    def encode_pre(self, pairs):
        return self.tokenizer(pairs, padding=True, truncation=True, return_tensors="pt")

    @torch.inference_mode()
    def encode_core(self, features):
        return self.model(**features.to(self.model.device)).logits

    def encode_post(self, out):
        return out.view(-1).float().sigmoid().cpu().tolist()
