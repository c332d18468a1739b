"""What makes another machine, and what does not."""

from dataclasses import replace
from typing import Any

import pytest

from harness.core.events import RunStarted
from harness.core.run import Run
from harness.regression.hardware import apart

MACHINE = {
    "processor": "x86_64", "processor_name": "AMD EPYC", "cores": 2, "threads": 1, "memory_bytes": 8_323_000_000,
    "platform": "Linux-6.1.0-18-amd64-x86_64-with-glibc2.36", "accelerator": "NVIDIA H200",
}  # fmt: skip
STARTED = RunStarted("", {}, {}, "cpu", "ci", MACHINE, id="a")


def told(**changed: Any) -> str:
    return apart(Run.of([STARTED]), Run.of([replace(STARTED, environment=MACHINE | changed)]))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"processor": "aarch64"}, "the architecture was x86_64, and is aarch64"),
        ({"processor_name": "Intel"}, "the processor was AMD EPYC, and is Intel"),
        ({"threads": 2}, "the number of threads was 1, and is 2"),
        ({"memory_bytes": 16 * 2**30}, "the memory was 8 GiB, and is 16 GiB"),
        ({"platform": "macOS-15.1-arm64-arm-64bit"}, "the system was Linux, and is macOS"),
        ({"accelerator": "NVIDIA L4"}, "the accelerator was NVIDIA H200, and is NVIDIA L4"),
    ],
)
def test_another_part_is_another_machine(changed: dict[str, Any], words: str) -> None:
    assert told(**changed) == words


@pytest.mark.parametrize(
    "changed",
    [{"memory_bytes": 8_323_100_000}, {"platform": "Linux-6.12.1-x86_64-with-glibc2.41"}, {"processor_name": None}],
)
def test_a_new_kernel_or_a_fact_that_is_not_told_is_not(changed: dict[str, Any]) -> None:
    assert told(**changed) == ""
