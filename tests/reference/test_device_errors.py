"""What exceptions say of the device."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from harness.core.errors import DeviceError
from harness.engine.resolve import resolve_model
from harness.reference.device_errors import MORE_MEMORY, START_AGAIN, device_error
from harness.reference.loading import load_reranker

FULL = (
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 17.8 GB, max allowed: 18.1 GB)"),
    RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: 8 bytes."),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    MemoryError("Unable to allocate 7.45 GiB for an array"),
)
LOST = (
    torch.AcceleratorError("CUDA error: device-side assert triggered"),
    RuntimeError("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be reported later"),
    RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
)


@pytest.mark.parametrize("error", FULL, ids=str)
def test_memory_that_is_full_is_told(error: Exception) -> None:
    told = device_error(error, lambda: "a single pair of 97 tokens")
    assert told is not None
    assert str(told).startswith("out of memory: a single pair of 97 tokens does not fit: ")
    assert told.remedy == MORE_MEMORY


@pytest.mark.parametrize("error", LOST, ids=str)
def test_a_device_that_is_lost_is_told_in_one_line(error: Exception) -> None:
    told = device_error(error)
    assert told is not None
    assert str(told).startswith("the device is gone")
    assert "\n" not in str(told)
    assert told.remedy == START_AGAIN


@pytest.mark.parametrize("error", [RuntimeError("shapes do not match"), ValueError("CUDA error"), KeyError("x")])
def test_other_errors_are_not_the_devices(error: Exception) -> None:
    assert device_error(error) is None


def test_what_was_told_already_stays_as_it_is() -> None:
    told = DeviceError("gone", "buy another")
    assert device_error(told) is told


def test_a_model_that_does_not_fit_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(model: object, device: object) -> None:
        raise FULL[0]

    monkeypatch.setattr("transformers.PreTrainedModel.to", full)
    with pytest.raises(
        DeviceError, match=r"out of memory: the model in torch\.float16 does not fit: CUDA out of memory"
    ):
        load_reranker(resolve_model("tiny-causal"), dtype="float16")


def test_torch_is_not_imported_for_it(tmp_path: Path) -> None:
    code = "import sys\nfrom harness.reference.device_errors import device_error\n"
    code += "assert device_error(RuntimeError('CUDA error: x')) and 'torch' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0
