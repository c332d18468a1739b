import os

import torch


def detect() -> str:
    if os.environ.get("FORCE_CPU") == "1":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    return "cpu"


DEVICE = detect()
