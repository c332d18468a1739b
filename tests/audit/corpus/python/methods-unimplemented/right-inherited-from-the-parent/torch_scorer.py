import torch

from .interfaces import Scorer


class TorchScorer(Scorer):
    def __init__(self, model: torch.nn.Module, encode, limit: int) -> None:
        self.model, self.encode, self._limit = model, encode, limit

    @property
    def max_length(self) -> int:
        return self._limit

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        return torch.sigmoid(self.model(**self.encode(prompts)).logits.view(-1)).tolist()

    def close(self) -> None:
        del self.model
