import torch


def select_device(ordinal: int = 0) -> torch.device:
    if torch.cuda.is_available() and ordinal < torch.cuda.device_count():
        return torch.device("cuda", ordinal)
    if hasattr(torch, "npu") and torch.npu.is_available():
        return torch.device("npu", ordinal)
    return torch.device("cpu")


def synchronise() -> None:
    device = select_device()
    match device.type:
        case "cuda":
            torch.cuda.synchronize(device)
        case "mps":
            torch.mps.synchronize()
        case "npu":
            torch.npu.synchronize(device)
        case _:
            pass
