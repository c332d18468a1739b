import torch


def get_device():
    return "cuda" if torch.cuda.is_available() else "cpu"


def load(model_cls, path):
    device = get_device()
    if device == "cuda":
        dtype = torch.bfloat16
    elif device == "mps":
        dtype = torch.float16
    else:
        dtype = torch.float32
    model = model_cls.from_pretrained(path, torch_dtype=dtype)
    return model.to(device).eval()
