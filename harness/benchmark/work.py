"""How much a way to score computes, and how fast this machine could compute it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode, sdpa_flop_count

from harness.reference.devices import Device

#: Rows of the products that measure the machine's rate, a small batch and a large one, of which the faster counts; and
#: how many products there are between two looks at the clock.
ON_CPU = ((512, 1), (2_048, 1))
#: 2048 rows of the widest weights at 0.6B are 13 GFLOP, tens of microseconds: as long as it takes to start a product
#: and to wait for it. Timed one by one they would pass for a slower device, and what runs on it for a better use of it.
ON_ACCELERATOR = ((2_048, 16), (16_384, 16))
#: Repetitions of each, of which the fastest counts.
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Work:
    """Tokens that were put through the model, and floating-point operations of its matrix products."""

    tokens: int
    flops: int


@contextmanager
def counting(module: Any) -> Iterator[Callable[[], Work]]:
    """What is computed with a model inside: products as torch counts them, multiplication and addition being two."""
    tokens = 0

    def count(embedding: object, given: tuple[torch.Tensor, ...]) -> None:
        nonlocal tokens
        tokens += given[0].numel()

    handle = module.get_input_embeddings().register_forward_pre_hook(count)
    try:
        with FlopCounterMode(display=False, custom_mapping=_attention()) as counted:
            yield lambda: Work(tokens, int(counted.get_total_flops()))
    finally:
        handle.remove()


def matrix_rate(module: Any, device: Device) -> float:
    """Floating-point operations a second that products of the model's own widest weights reach on the device."""
    layers = (layer for layer in module.base_model.modules() if isinstance(layer, torch.nn.Linear))
    weight = max((layer.weight for layer in layers), key=torch.numel)
    with torch.inference_mode():
        return max(_rate(*each, weight, device) for each in (ON_CPU if device.kind == "cpu" else ON_ACCELERATOR))


def _rate(rows: int, queued: int, weight: torch.Tensor, device: Device) -> float:
    states = torch.randn(rows, weight.shape[1], dtype=weight.dtype, device=weight.device)
    fastest = min(_seconds(lambda: torch.mm(states, weight.T), queued, device) for _ in range(REPEATS))
    return 2 * rows * weight.numel() / fastest


def _seconds(call: Callable[[], object], times: int, device: Device) -> float:
    """Of one of `times` calls."""
    device.synchronize()
    started = time.perf_counter()
    for _ in range(times):
        call()
    device.synchronize()
    return (time.perf_counter() - started) / times


def _attention() -> dict[Any, Any]:
    """Attention on the CPU, which torch's counter does not know."""
    counted: Any = sdpa_flop_count

    def flops(query: Any, key: Any, value: Any, *args: Any, out_shape: Any = None, **options: Any) -> int:
        return int(counted(query, key, value))

    return {torch.ops.aten._scaled_dot_product_flash_attention_for_cpu: flops}
