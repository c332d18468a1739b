import psutil
import torch

from .config import DEVICE

IS_MPS = DEVICE.startswith("mps")


def used_bytes() -> int:
    if IS_MPS:
        return torch.mps.driver_allocated_memory()
    if DEVICE.startswith("cuda"):
        return torch.cuda.memory_allocated()
    return psutil.Process().memory_info().rss
