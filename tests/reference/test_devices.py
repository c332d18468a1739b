"""Devices, dtypes and autocast."""

import contextlib

import pytest
import torch

from harness.core.errors import UsageError
from harness.reference.devices import Device, Precision, mixed_precision, precision


@pytest.mark.parametrize("text", ["tpu", "cpu:1", "cuda:x", "mps:0", "", "cuda:-1"])
def test_what_is_no_device_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no device"):
        Device.parse(text)


def test_a_cuda_index_is_kept() -> None:
    assert str(Device.parse("cuda:3")) == "cuda:3"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_device_that_is_not_there_says_why() -> None:
    assert "CUDA" in str(Device("cuda").missing())


@pytest.mark.parametrize(
    ("device", "saved", "asked", "expected"),
    [
        ("cpu", "bfloat16", None, torch.float32),
        ("cpu", "bfloat16", "bfloat16", torch.bfloat16),
        ("mps", "float16", None, torch.float16),
        ("mps", "float32", None, torch.float32),
    ],
)
def test_the_dtype_follows_the_policy_unless_one_is_named(
    device: str, saved: str, asked: str | None, expected: torch.dtype
) -> None:
    assert precision(Device.parse(device), asked, saved).dtype is expected


def test_an_unknown_dtype_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="float64, float32"):
        precision(Device("cpu"), "int4", "float32")


def test_autocast_takes_the_type_of_the_device_itself() -> None:
    with mixed_precision(Precision(Device("cpu"), torch.float32, torch.bfloat16)):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype is torch.bfloat16


def test_without_being_asked_for_there_is_no_autocast() -> None:
    assert isinstance(mixed_precision(Precision(Device("cpu"), torch.float32)), contextlib.nullcontext)
