from pathlib import Path

import torch
from safetensors.torch import load_file


def weight_files(model_path: str) -> list[Path]:
    files = sorted(p for p in Path(model_path).iterdir() if "model" in p.name)
    return [p for p in files if p.suffix == ".safetensors" or p.name.endswith(".bin")]


def load_weights(model_path: str) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = {}
    for file in weight_files(model_path):
        if file.suffix == ".safetensors":
            state |= load_file(file)
        else:
            state |= torch.load(file, map_location="cpu", weights_only=True)
    return state
