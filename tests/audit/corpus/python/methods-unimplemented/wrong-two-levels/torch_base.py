import torch

from .interfaces import Scorer


class TorchScorer(Scorer):
    def __init__(self, model: torch.nn.Module, encode) -> None:
        self.model, self.encode = model, encode

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        return torch.sigmoid(self.model(**self.encode(prompts)).logits.view(-1)).tolist()
