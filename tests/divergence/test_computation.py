"""A computation is read from a few words, and refused in one line."""

from __future__ import annotations

import pytest
import torch

from harness.core.errors import UsageError
from harness.divergence.computation import Computation, computation_of
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("cpu/float32/sdpa", (Device("cpu"), "float32", "sdpa")),
        ("cuda:1/bfloat16", (Device("cuda", 1), "bfloat16", None)),
        ("mps", (Device("mps"), None, None)),
        ("float16", (Device("cpu"), "float16", None)),
        ("float64/eager", (Device("cpu"), "float64", "eager")),
        ("cuda/flash_attention_2", (Device("cuda"), None, "flash_attention_2")),
    ],
)
def test_parts_may_be_left_out(text: str, parts: tuple[Device, str | None, str | None]) -> None:
    assert Computation.parse(text) == Computation(*parts)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is no device"),
        ("cpu/", "'' is no device"),
        ("tpu/float32", "'tpu' is no device"),
        ("cpu/float8", "'float8' is no device .*, dtype"),
        ("cpu/float32/fast", "'fast' is no device .* or kernel"),
        ("cpu:1", "no device 'cpu:1'"),
        ("cuda:x/float32", "no device 'cuda:x'"),
        ("float32/cpu", "no computation 'float32/cpu': expected DEVICE/DTYPE/KERNEL"),
        ("cpu/cpu", "no computation 'cpu/cpu'"),
    ],
)
def test_what_is_no_computation_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as error:
        Computation.parse(text)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["cpu/float32/sdpa", "cpu/bfloat16/eager"])
def test_a_reranker_computes_as_it_was_asked_to(text: str) -> None:
    assert str(computation_of(Computation.parse(text).load(resolve_model("tiny-causal")))) == text


def test_without_a_dtype_it_is_that_of_the_device() -> None:
    assert computation_of(Computation.parse("cpu").load(resolve_model("tiny-causal"))).dtype == "float32"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_missing_device_is_refused() -> None:
    with pytest.raises(UsageError, match="device cuda cannot be used"):
        Computation.parse("cuda/bfloat16").load(resolve_model("tiny-causal"))


def test_a_kernel_that_is_not_here_is_refused() -> None:
    with pytest.raises(UsageError, match=r"cpu/float32/flash_attention_2 cannot be computed: .*CUDA"):
        Computation.parse("cpu/float32/flash_attention_2").load(resolve_model("tiny-causal"))
