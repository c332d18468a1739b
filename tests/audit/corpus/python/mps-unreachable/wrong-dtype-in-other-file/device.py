import torch
from loguru import logger


def _is_hpu() -> bool:
    try:
        import habana_frameworks.torch.hpu as hthpu
    except ImportError:
        return False
    return hthpu.is_available()


def get_device():
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda")
    elif _is_hpu():
        device = torch.device("hpu")
    elif hasattr(torch, "xpu") and torch.xpu.is_available():
        device = torch.device("xpu")
    logger.info(f"backend device: {device}")
    return device
