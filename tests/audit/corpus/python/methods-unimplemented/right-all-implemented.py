from abc import ABC, abstractmethod

import torch


class Model(ABC):
    def __init__(self, model, device: torch.device):
        self.model, self.device = model, device

    @abstractmethod
    def embed(self, batch) -> list[list[float]]: ...

    @abstractmethod
    def predict(self, batch) -> list[float]: ...


class EncoderModel(Model):
    def _run(self, batch):
        moved = {k: v.to(self.device) for k, v in batch.items()}
        return self.model(**moved, output_hidden_states=True)

    @torch.inference_mode()
    def embed(self, batch) -> list[list[float]]:
        return self._run(batch).hidden_states[-1][:, 0].float().tolist()

    @torch.inference_mode()
    def predict(self, batch) -> list[float]:
        return torch.sigmoid(self._run(batch).logits.view(-1).float()).tolist()
