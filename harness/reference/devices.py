"""Devices and dtypes: what is there, what is used on it by default, and how tensors get there.

Naming a device needs no torch, and neither does asking whether the CPU is there.
"""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from harness.core.errors import UsageError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

DTYPES = ("float64", "float32", "float16", "bfloat16")
KINDS = ("cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Device:
    """A device by kind and index, e.g. cuda:1."""

    kind: str
    index: int = 0

    @classmethod
    def parse(cls, text: str) -> Device:
        """Read "cpu", "mps", "cuda" or "cuda:N"; UsageError for anything else."""
        kind, _, index = text.partition(":")
        if kind not in KINDS or (index and (kind != "cuda" or not index.isdecimal())):
            raise UsageError(f"no device {text!r}; expected cpu, cuda, cuda:N or mps")
        return cls(kind, int(index or 0))

    def __str__(self) -> str:
        return f"{self.kind}:{self.index}" if self.index else self.kind

    @property
    def torch(self) -> torch.device:
        """The same device for torch."""
        import torch

        return torch.device(self.kind, self.index) if self.kind == "cuda" else torch.device(self.kind)

    def missing(self) -> str | None:
        """Why this device cannot be used here, or None if it can."""
        if self.kind == "cpu":
            return None
        import torch

        if self.kind == "cuda" and not torch.cuda.is_available():
            built = bool(torch.backends.cuda.is_built())  # type: ignore[no-untyped-call]
            return "no CUDA device is visible" if built else f"torch {torch.__version__} is built without CUDA"
        if self.kind == "cuda" and self.index >= torch.cuda.device_count():
            return f"there are {torch.cuda.device_count()} CUDA devices, so there is no index {self.index}"
        if self.kind == "mps" and not torch.backends.mps.is_available():
            built = torch.backends.mps.is_built()
            return "no Metal device is visible" if built else f"torch {torch.__version__} is built without MPS"
        return None

    def synchronize(self) -> None:
        """Wait for all work queued on this device; a timing without this measures the queue."""
        if self.kind == "cpu":
            return
        import torch

        if self.kind == "cuda":
            torch.cuda.synchronize(self.torch)
        else:
            torch.mps.synchronize()


@dataclass(frozen=True, slots=True)
class Precision:
    """The dtype of the weights, and the dtype of autocast on that device where it is wanted."""

    device: Device
    dtype: torch.dtype
    autocast: torch.dtype | None = None


def precision(device: Device, dtype: str | None, saved_in: str) -> Precision:
    """The policy: float32 on the CPU; on an accelerator what the checkpoint was saved in, as far as it is supported."""
    import torch

    if dtype is not None:
        return Precision(device, parse_dtype(dtype))
    if device.kind == "cpu" or saved_in not in ("float16", "bfloat16"):
        return Precision(device, torch.float32)
    if saved_in == "bfloat16" and device.kind == "cuda" and not torch.cuda.is_bf16_supported():
        return Precision(device, torch.float16)
    return Precision(device, parse_dtype(saved_in))


def parse_dtype(text: str) -> torch.dtype:
    """The torch dtype of that name; UsageError names the ones there are."""
    if text not in DTYPES:
        raise UsageError(f"no dtype {text!r}; expected one of {', '.join(DTYPES)}")
    import torch

    dtype: torch.dtype = getattr(torch, text)
    return dtype


def mixed_precision(precision: Precision) -> AbstractContextManager[object]:
    """Autocast with the device's own type, or nothing where it was not asked for or is not to be had.

    `torch.autocast("cpu")` around MPS tensors, which is often met, does nothing at all.
    """
    import torch

    kind = precision.device.kind
    if precision.autocast is None or not torch.amp.is_autocast_available(kind):
        return contextlib.nullcontext()
    return torch.autocast(kind, dtype=precision.autocast)


def to_device(tensor: Tensor, device: Device) -> Tensor:
    """Copy to the device; asynchronously only from pinned memory, where that is safe."""
    if device.kind == "cuda":
        return tensor.pin_memory().to(device.torch, non_blocking=True)
    return tensor.to(device.torch)


@dataclass(frozen=True, slots=True)
class PeakMemory:
    """Bytes: the process's resident memory now, and the most that the device's allocator has held (None: no such)."""

    host: int
    device: int | None


def peak_memory(device: Device) -> PeakMemory:
    """Read both counters."""
    host = psutil.Process().memory_info().rss
    if device.kind == "cpu":
        return PeakMemory(host, None)
    import torch

    if device.kind == "cuda":
        return PeakMemory(host, torch.cuda.max_memory_allocated(device.torch))
    return PeakMemory(host, torch.mps.driver_allocated_memory())


def hardware(device: Device) -> str:
    """What computes: the accelerator's name, or the processor's with the vector instructions that torch uses on it."""
    import torch

    if device.kind == "cuda":
        return torch.cuda.get_device_name(device.torch)
    import cpuinfo  # type: ignore[import-untyped]  # comes with pytest-benchmark

    processor = str(cpuinfo.get_cpu_info().get("brand_raw", "a processor without a name"))
    return processor if device.kind == "mps" else f"{processor} ({torch.backends.cpu.get_cpu_capability()})"
