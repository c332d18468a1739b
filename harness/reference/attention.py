"""Kernels of attention: ways to compute the same thing, which round differently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: By the names that transformers gives them; flash needs a package of its own and a CUDA device.
KERNELS = ("sdpa", "eager", "flash_attention_2")


@contextmanager
def attention_by(reranker: Reranker, kernel: str) -> Iterator[bool]:
    """Attention computed by a named kernel for a while; false where the model has no such choice here."""
    module: Any = reranker.parts.module
    before = kernel_of(reranker)
    if before is None or not hasattr(module, "set_attn_implementation"):
        yield before == kernel
        return
    try:
        module.set_attn_implementation(kernel)
    except (ImportError, ValueError):
        yield False
        return
    try:
        yield True
    finally:
        module.set_attn_implementation(before)


def kernel_of(reranker: Reranker) -> str | None:
    """The kernel that the model computes its attention with now; None for a model that does not say."""
    module: Any = reranker.parts.module
    found = getattr(module.config, "_attn_implementation", None)
    return None if found is None else str(found)
