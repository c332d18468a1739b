"""What rounding depends on beside model and computation: versions, hardware and threads."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from harness.core.versions import version_of
from harness.reference.devices import Device, hardware

PACKAGES = ("rerank-harness", "torch", "transformers", "tokenizers", "safetensors", "numpy")


def environment(devices: Iterable[Device]) -> dict[str, Any]:
    """Of this process, with the hardware of each device."""
    import torch

    return {
        "python": platform.python_version(), "platform": platform.platform(), "threads": torch.get_num_threads(),
        "packages": {name: version_of(name) for name in PACKAGES},
        "hardware": {str(device): hardware(device) for device in devices},
    }  # fmt: skip


def differences(recorded: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    """What another environment has otherwise, one line each."""
    before, now = _flat(recorded), _flat(here)
    for name in before:
        if name in now and before[name] != now[name]:
            yield f"recorded with {name} {before[name]}; here it is {now[name]}"


def _flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    alone = {name: facts[name] for name in ("python", "platform", "threads")}
    return {**alone, **facts["packages"], **facts["hardware"]}
