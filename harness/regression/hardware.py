"""Whether two runs were made by the same machine, as far as speed and memory depend on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.core.run import Run

#: Facts of an environment that must be the same, and what they are called.
_FACTS = {
    "processor": "the architecture", "processor_name": "the processor", "cores": "the number of cores",
    "accelerator": "the accelerator", "threads": "the number of threads",
}  # fmt: skip
_GIB = 2**30


def apart(base: Run, run: Run) -> str:
    """What differs, in words; empty where nothing does. A fact that one of the runs does not tell differs in nothing.

    Of the platform only the system counts, of memory whole GiB: a new kernel is no other machine.
    """
    return "; ".join(_apart(base.started.environment, run.started.environment, base.device, run.device))


def _apart(before: dict[str, Any], now: dict[str, Any], device: str, device_now: str) -> Iterator[str]:
    if device != device_now:
        yield f"the device was {device}, and is {device_now}"
    for name, called in _FACTS.items():
        if before.get(name) != now.get(name) and None not in (before.get(name), now.get(name)):
            yield f"{called} was {before[name]}, and is {now[name]}"
    systems = [str(each.get("platform", "")).partition("-")[0] for each in (before, now)]
    if all(systems) and systems[0] != systems[1]:
        yield f"the system was {systems[0]}, and is {systems[1]}"
    sizes = [round(each.get("memory_bytes", 0) / _GIB) for each in (before, now)]
    if all(sizes) and sizes[0] != sizes[1]:
        yield f"the memory was {sizes[0]} GiB, and is {sizes[1]} GiB"
