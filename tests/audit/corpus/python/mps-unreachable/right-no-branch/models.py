import torch
from transformers import AutoModelForSequenceClassification

from .device import get_device


def get_model(path: str, dtype: str | None):
    device = get_device()
    if dtype is None:
        torch_dtype = torch.float32 if device.type == "cpu" else torch.float16
    else:
        torch_dtype = getattr(torch, dtype)
    model = AutoModelForSequenceClassification.from_pretrained(path, torch_dtype=torch_dtype)
    return model.to(device).eval()
