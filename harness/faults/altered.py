"""A module computes something else for a while: the tools with which faults of the forward pass are planted.

Each returns a context that alters the module when it is entered and undoes that when it is left, so that the healthy
reranker, which shares the module, stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module

Change = Callable[[], AbstractContextManager[None]]


def outputs(modules: Sequence[Module], change: Callable[[Tensor, Tensor], Tensor]) -> Change:
    """Each module answers `change(its first input, its output)`."""

    def hook(module: Module, inputs: tuple[Any, ...], output: Any) -> Any:
        made = output[0] if isinstance(output, tuple) else output
        changed = change(inputs[0], made)
        return (changed, *output[1:]) if isinstance(output, tuple) else changed

    @contextmanager
    def altered() -> Iterator[None]:
        handles = [module.register_forward_hook(hook) for module in modules]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    return altered


def attribute(owners: Sequence[Any], name: str, value: Any) -> Change | None:
    """Each owner's attribute has another value; None where they have no such attribute."""
    if not all(hasattr(owner, name) for owner in owners):
        return None

    @contextmanager
    def altered() -> Iterator[None]:
        before = [getattr(owner, name) for owner in owners]
        try:
            for owner in owners:
                setattr(owner, name, value)
            yield
        finally:
            for owner, old in zip(owners, before, strict=True):
                setattr(owner, name, old)

    return altered


def rotary(change: Callable[[Tensor], Tensor]) -> Callable[[Any], Change | None]:
    """Rotary positions turn with other frequencies, shape (head size / 2,)."""

    def altered(decoder: Any) -> Change | None:
        embedding = getattr(decoder, "rotary_emb", None)
        turns = getattr(embedding, "inv_freq", None)
        return None if turns is None else attribute([embedding], "inv_freq", change(turns).to(turns))

    return altered


def replaced_weights(change: Callable[[Tensor], Tensor]) -> Callable[[Any], Change]:
    """Every matrix of the decoder is another one; the changed ones are made once and kept."""

    def altered(decoder: Module) -> Change:
        changed: dict[str, Tensor] = {}

        @contextmanager
        def within() -> Iterator[None]:
            matrices = {name: p for name, p in decoder.named_parameters() if p.dim() == 2}
            with torch.no_grad():
                changed.update({name: change(p.data) for name, p in matrices.items() if name not in changed})
            before = {name: p.data for name, p in matrices.items()}
            try:
                for name, parameter in matrices.items():
                    parameter.data = changed[name]
                yield
            finally:
                for name, parameter in matrices.items():
                    parameter.data = before[name]

        return within

    return altered
