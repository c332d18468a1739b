from abc import ABC, abstractmethod

import torch


class Model(ABC):
    def __init__(self, model, device: torch.device):
        self.model, self.device = model, device

    @abstractmethod
    def embed(self, batch) -> list[list[float]]: ...

    @abstractmethod
    def predict(self, batch) -> list[float]: ...


class RerankerModel(Model):
    def __init__(self, model, device: torch.device, max_batch: int = 32):
        super().__init__(model, device)
        self.max_batch = max_batch

    @torch.inference_mode()
    def predict(self, batch) -> list[float]:
        logits = self.model(**{k: v.to(self.device) for k, v in batch.items()}).logits
        return torch.sigmoid(logits.view(-1).float()).tolist()
