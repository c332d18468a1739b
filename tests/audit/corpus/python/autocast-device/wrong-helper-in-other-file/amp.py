import torch


def amp_device_type(device: torch.device) -> str:
    if device.type == "cuda":
        return "cuda"
    return "cpu"
