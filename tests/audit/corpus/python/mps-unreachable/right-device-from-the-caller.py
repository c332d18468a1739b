import torch


class EngineOptions:
    def __init__(self, device: str | torch.device, batch_size: int | None = None) -> None:
        self.device = torch.device(device)
        self.batch_size = batch_size or self._default_batch_size()

    def _default_batch_size(self) -> int:
        if self.device.type == "mps":
            return 8
        if self.device.type == "cuda":
            return 64
        return 4
