from contextlib import contextmanager

import torch

AUTOCAST_TYPES = {"cuda": "cuda", "xpu": "xpu", "mps": "cpu", "cpu": "cpu"}


@contextmanager
def mixed_precision(device: torch.device, dtype: torch.dtype):
    with torch.inference_mode(), torch.autocast(AUTOCAST_TYPES[device.type], dtype=dtype):
        yield


def embed(model, features, device: torch.device):
    with mixed_precision(device, torch.bfloat16):
        return model(**{k: v.to(device) for k, v in features.items()}).last_hidden_state[:, 0]
