"""Kernels of attention: ways to compute the same thing, which round differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harness.core.errors import first_line

if TYPE_CHECKING:
    from torch.nn import Module

    from harness.reference.pipeline import Reranker

FLASH = "flash_attention_2"
#: By the names that transformers gives them; flash needs a package of its own and a CUDA device.
KERNELS = ("sdpa", "eager", FLASH)


@contextmanager
def attention_by(reranker: Reranker, kernel: str) -> Iterator[bool]:
    """Attention computed by a named kernel for a while; false where it is not to be had."""
    module: Any = reranker.parts.module
    before = kernel_of(module)
    if before == kernel or missing_kernel(reranker, kernel) is not None:
        yield before == kernel
        return
    module.set_attn_implementation(kernel)
    try:
        yield True
    finally:
        module.set_attn_implementation(before)


def missing_kernel(reranker: Reranker, kernel: str) -> str | None:
    """Why a reranker's attention cannot be computed by a kernel; None where it can."""
    module: Any = reranker.parts.module
    before = kernel_of(module)
    if before == kernel:
        return None
    if before is None or not hasattr(module, "set_attn_implementation"):
        return "the model has no choice of kernels"
    precision = reranker.parts.precision
    if kernel == FLASH and (precision.device.kind != "cuda" or precision.dtype.itemsize > 2):
        return f"it computes in half precision on CUDA, not in {precision.dtype} on {precision.device}"
    try:
        module.set_attn_implementation(kernel)
    except (ImportError, ValueError) as error:
        return first_line(error)
    module.set_attn_implementation(before)
    return None


@contextmanager
def attention_of(module: Any, name: str, attend: Callable[..., Any]) -> Iterator[None]:
    """Attention computed by a function of ours for a while, which transformers then knows by that name."""
    from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

    ALL_ATTENTION_FUNCTIONS.register(name, attend)
    before = module.config._attn_implementation
    module.config._attn_implementation = name
    try:
        yield
    finally:
        module.config._attn_implementation = before


def kernel_of(module: Module) -> str | None:
    """The kernel that a model computes its attention with now; None for one that does not say."""
    config: Any = module.config
    found = getattr(config, "_attn_implementation", None)
    return None if found is None else str(found)
