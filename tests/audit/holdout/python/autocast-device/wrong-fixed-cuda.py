import torch


def pick_device():
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


class Scorer:
    def __init__(self, model):
        self.device = pick_device()
        self.model = model.to(self.device).eval()

    @torch.no_grad()
    def forward(self, inputs):
        inputs = {k: v.to(self.device) for k, v in inputs.items()}
        with torch.autocast("cuda", dtype=torch.float16):
            return self.model(**inputs).logits
