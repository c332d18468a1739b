import torch


class EngineOptions:
    def __init__(self, batch_size: int | None = None) -> None:
        self.device = self._pick_device()
        self.batch_size = batch_size or self._default_batch_size()

    @staticmethod
    def _pick_device() -> str:
        return "cuda" if torch.cuda.is_available() else "cpu"

    def _default_batch_size(self) -> int:
        if self.device == "mps":
            return 8
        if self.device == "cuda":
            return 64
        return 4
