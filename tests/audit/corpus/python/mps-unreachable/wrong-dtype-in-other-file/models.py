import torch
from transformers import AutoModelForSequenceClassification

from .device import get_device


def get_model(path: str, dtype: str | None):
    device = get_device()
    if dtype is None:
        torch_dtype = torch.float16 if device.type == "mps" else torch.float32
    else:
        torch_dtype = getattr(torch, dtype)
    model = AutoModelForSequenceClassification.from_pretrained(path, torch_dtype=torch_dtype)
    if device.type == "mps":
        model = model.to(memory_format=torch.contiguous_format)
    return model.to(device).eval()
