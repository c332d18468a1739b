"""The most memory that a call holds at once."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
from collections.abc import Callable
from pathlib import Path

from harness.reference.devices import Device

_RESET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


def peak_of(call: Callable[[], object], device: Device) -> int | None:
    """Bytes that were held at most while `call` ran, weights included: of a CUDA device as its allocator counts them,
    otherwise of this process as Linux counts its resident pages. None where nothing counts them.
    """
    gc.collect()
    if device.kind == "cuda":
        return _peak_on_cuda(call, device)
    _give_back()
    try:
        _RESET.write_text("5", encoding="ascii")  # man 5 proc: resets the peak of the resident set
    except OSError:
        return None
    call()
    return most_held()


def most_held() -> int | None:
    """Bytes of memory that this process has held at most; None where it is not told, as by everything but Linux.

    `getrusage` would tell that of the process which has started it, where this was more: a child begins with it.
    """
    if not _STATUS.exists():
        return None
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)


def _peak_on_cuda(call: Callable[[], object], device: Device) -> int:
    import torch

    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats(device.torch)
    call()
    device.synchronize()
    return torch.cuda.max_memory_allocated(device.torch)


def _give_back() -> None:
    """Pages that earlier calls freed and the allocator kept would count for this one."""
    name = ctypes.util.find_library("c")
    trim = getattr(ctypes.CDLL(name), "malloc_trim", None) if name else None
    if trim is not None:
        trim(0)
