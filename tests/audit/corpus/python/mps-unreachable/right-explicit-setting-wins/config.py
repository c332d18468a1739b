import os

import torch


def detect() -> str:
    wanted = os.environ.get("RERANK_DEVICE")
    if wanted:
        return str(torch.device(wanted))
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_built() and torch.backends.mps.is_available() else "cpu"


DEVICE = detect()
