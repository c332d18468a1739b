from abc import ABC, abstractmethod

import torch


class ScoreModel(ABC):
    @abstractmethod
    def forward_scores(self, batch) -> torch.Tensor: ...

    def predict(self, batch) -> list[float]:
        scores = self.forward_scores(batch)
        return torch.nn.functional.sigmoid(scores).flatten().tolist()
