"""What an exception says of the device: that its memory is full, or that it is lost. Torch is not imported for that."""

from __future__ import annotations

import sys
from collections.abc import Callable

from harness.core.errors import DeviceError, first_line

#: How allocators say it that raise no class of their own: the CPU's, Metal's, those of CUDA's libraries.
OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "ALLOC_FAILED")
#: How CUDA and its libraries speak of a device on which nothing can be computed any longer.
LOST = ("CUDA error", "CUDA driver error", "CUBLAS_STATUS", "CUDNN_STATUS", "cuDNN error", "NCCL error")
MORE_MEMORY = (
    "free memory of the device (another process may hold it), or take a smaller dtype (--dtype), shorter documents or "
    "a larger device"
)
START_AGAIN = (
    "start again: nothing that this process still computes on the device can be trusted. Where it happens again, look "
    "into the driver's log (dmesg, nvidia-smi), and set CUDA_LAUNCH_BLOCKING=1 to see the operation"
)


def device_error(error: BaseException, computed: Callable[[], str] = lambda: "what is computed") -> DeviceError | None:
    """What an exception says of the device, in words and with a remedy; None where it is about something else.

    `computed` says, when it is asked, what it is that does not fit into the device's memory.
    """
    if isinstance(error, DeviceError):
        return error
    said = first_line(error)
    if is_out_of_memory(error):
        return DeviceError(f"out of memory: {computed()} does not fit: {said}", MORE_MEMORY)
    if _is(error, "AcceleratorError") or _says(error, LOST):
        return DeviceError(f"the device is gone, or refuses to compute: {said}", START_AGAIN)
    return None


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the memory of a device, or of the host, was full: something smaller may fit."""
    return _is(error, "OutOfMemoryError") or isinstance(error, MemoryError) or _says(error, OUT_OF_MEMORY)


def _is(error: BaseException, name: str) -> bool:
    """Whether it is of a class of torch, which some versions do not have, and which nobody raises without torch."""
    kind = getattr(sys.modules.get("torch"), name, None)
    return kind is not None and isinstance(error, kind)


def _says(error: BaseException, words: tuple[str, ...]) -> bool:
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)
