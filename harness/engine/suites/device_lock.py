"""A device belongs to one worker of a machine at a time."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from harness.reference.devices import Device


@contextlib.contextmanager
def held(device: str, *, alone: bool) -> Iterator[None]:
    """Hold a device for this process, and wait for it where another one of this user has it.

    An accelerator is always held alone. The CPU is shared unless `alone` is asked for: workers are several users of its
    cores, not of one device, and what one of them computes does not change what another does, but how long it takes.
    The system gives the device back when the process ends, however it ends. Where files cannot be locked (Windows,
    some network file systems) nothing is held.
    """
    with contextlib.ExitStack() as holding:
        parsed = Device.parse(device)
        if parsed.missing() is None:
            name = _physical(parsed)
            shared = parsed.kind == "cpu" and not alone
            # whoever waits keeps those who come later from going first, so that one who waits alone has a turn
            with _locked(f"{name}.turn", shared=False):
                holding.enter_context(_locked(name, shared=shared))
        yield


@contextlib.contextmanager
def _locked(name: str, *, shared: bool) -> Iterator[None]:
    """Hold a file of this user in the folder for temporary files."""
    try:
        import fcntl

        handle = os.open(_file(name), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _file(name: str) -> Path:
    word = re.sub(r"[^A-Za-z0-9.]+", "-", name)
    return Path(tempfile.gettempdir()) / f"rerank-harness-{os.getuid()}-{word}.lock"


def _physical(device: Device) -> str:
    """A name that the device has in every process: what one calls cuda:0 may be another's cuda:1, since either may see
    other devices (CUDA_VISIBLE_DEVICES).
    """
    if device.kind != "cuda":
        return str(device)
    import torch

    return f"cuda-{getattr(torch.cuda.get_device_properties(device.torch), 'uuid', device.index)}"
