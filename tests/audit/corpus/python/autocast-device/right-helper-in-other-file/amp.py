import torch


def amp_device_type(device: torch.device | str | int) -> str:
    return torch.device(device).type
