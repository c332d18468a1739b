import argparse

import torch


def parse(argv=None) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--device", choices=["cpu", "cuda", "mps"], default="cpu")
    return parser.parse_args(argv)


def dtype_for(device: torch.device) -> torch.dtype:
    if device.type == "mps":
        return torch.float16
    return torch.bfloat16 if device.type == "cuda" else torch.float32


def main() -> None:
    args = parse()
    device = torch.device(args.device)
    print(f"{args.model} on {device} in {dtype_for(device)}")
