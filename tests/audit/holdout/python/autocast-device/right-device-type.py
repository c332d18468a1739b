import torch


def default_device():
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Scorer:
    def __init__(self, model):
        self.device = default_device()
        self.model = model.to(self.device).eval()

    @torch.no_grad()
    def forward(self, inputs):
        inputs = {k: v.to(self.device) for k, v in inputs.items()}
        with torch.autocast(device_type=self.device.type, dtype=torch.bfloat16):
            return self.model(**inputs).logits
