import torch


def run_model(model, inputs, device: torch.device):
    model = model.to(device)
    inputs = inputs.to(device)
    device_type = "cuda" if device.type == "cuda" else "cpu"
    with torch.no_grad(), torch.autocast(device_type=device_type, dtype=torch.bfloat16):
        return model(**inputs).logits


def default_device():
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
