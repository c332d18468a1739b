import torch


def select_device() -> torch.device:
    if torch.cuda.is_available():
        return torch.device("cuda:0")
    return torch.device("cpu")


class RerankEngine:
    def __init__(self, model):
        self.device = select_device()
        self.model = model.to(self.device)

    def release(self):
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        elif self.device.type == "mps":
            torch.mps.empty_cache()
