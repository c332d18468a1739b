from contextlib import nullcontext

import torch


def mixed_precision(tensor: torch.Tensor, dtype: torch.dtype):
    kind = tensor.device.type
    if dtype is torch.float32 or not torch.amp.is_autocast_available(kind):
        return nullcontext()
    return torch.autocast(kind, dtype=dtype)


@torch.no_grad()
def forward(model, features, device):
    features = {name: t.to(device) for name, t in features.items()}
    with mixed_precision(features["input_ids"], torch.bfloat16):
        out = model(**features)
    return out.logits.view(-1).float()
