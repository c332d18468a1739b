import torch

from .amp import amp_device_type


def forward(model: torch.nn.Module, batch: dict[str, torch.Tensor], device: torch.device) -> torch.Tensor:
    moved = {k: v.to(device) for k, v in batch.items()}
    with torch.inference_mode():
        with torch.autocast(device_type=amp_device_type(device), dtype=torch.bfloat16):
            logits = model(**moved).logits
    return logits.float().cpu()
