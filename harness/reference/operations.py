"""The operations that something is computed with, as torch makes them: where their results lie, and in which dtype."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation by its name, e.g. "aten.linear", and the dtype and device of what came out of it."""

    name: str
    dtype: torch.dtype
    device: torch.device


class Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]  # as torch has it
    """Counts, while it is entered, the operations of this thread that result in floating-point tensors. Numbers without
    a dimension are left out: constants lie on the host wherever they are used.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.counts: Counter[Operation] = Counter()

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Called by torch in place of each operation."""
        result = func(*args, **(kwargs or {}))
        self.counts.update({Operation(str(func.overloadpacket), t.dtype, t.device) for t in _floating(result)})
        return result


def _floating(result: object) -> Iterator[torch.Tensor]:
    for leaf in tree_leaves(result):
        if isinstance(leaf, torch.Tensor) and leaf.is_floating_point() and leaf.dim():
            yield leaf


@contextmanager
def every_warning() -> Iterator[Callable[[], list[str]]]:
    """What torch and others warn of in this thread, also what they would say only once; the texts, first said first."""
    before = torch.is_warn_always_enabled()
    torch.set_warn_always(True)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield lambda: list(dict.fromkeys(str(warning.message) for warning in caught))
    finally:
        torch.set_warn_always(before)
