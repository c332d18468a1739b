from abc import ABC, abstractmethod

import torch


class ScoreModel(ABC):
    @abstractmethod
    def forward_logits(self, batch) -> torch.Tensor: ...

    def predict(self, batch) -> list[float]:
        logits = self.forward_logits(batch)
        return torch.nn.functional.sigmoid(logits).flatten().tolist()
