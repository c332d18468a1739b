"""A module called again while its pass stands still: on another pass's inputs, or with every number moved a little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from inspect import signature
from typing import Any, TypeGuard

import torch
from torch import Tensor
from torch.nn import Module
from torch.utils._pytree import keystr, tree_flatten_with_path, tree_map, tree_map_with_path

from harness.divergence.lockstep import Call

#: What the names of arguments have in common whose form is a kernel's own: one takes what may be seen as a bool,
#: another as a number to add, a third not at all.
OWN = "mask"


def on_inputs_of(other: Call, own: Call) -> Any:
    """What the module of `own` makes of the floating-point inputs of `other`, cast to its own device and dtype; masks
    and whatever is no floating-point tensor stay its own.
    """
    theirs = {keystr(path): leaf for path, leaf in tree_flatten_with_path(_arguments(other).arguments)[0]}

    def exchanged(name: str, leaf: Tensor) -> Tensor:
        found = theirs.get(name)
        return found.to(leaf) if is_floating(found) else leaf

    return _called(own, exchanged)


def with_all_moved(call: Call, share: float, seed: int) -> Any:
    """What the module makes of its own inputs where each of their numbers, and each that one of its parts makes on the
    way, is moved by a share of itself, up or down by a chance that is the same for the same seed; masks stay.
    """
    chance = torch.Generator().manual_seed(seed)

    def moved(tensor: Tensor) -> Tensor:
        signs = torch.randint(2, tensor.shape, generator=chance).to(tensor) * 2 - 1
        return tensor * (1 + share * signs)

    with _parts_answer(call.module, moved):
        return _called(call, lambda name, leaf: moved(leaf))


def is_floating(value: object) -> TypeGuard[Tensor]:
    """Whether it is a tensor of floating-point numbers."""
    return isinstance(value, Tensor) and value.is_floating_point()


def _called(call: Call, change: Callable[[str, Tensor], Tensor]) -> Any:
    """The module's answer to its arguments as `change` makes them, by the place and value of each."""

    def changed(path: Any, leaf: Any) -> Any:
        name = keystr(path)
        return change(name, leaf) if is_floating(leaf) and OWN not in name else leaf

    bound = _arguments(call)
    bound.arguments.update(tree_map_with_path(changed, bound.arguments))
    with ExitStack() as precision:
        for kind, dtype in call.autocast.items():
            precision.enter_context(torch.autocast(kind, dtype=dtype))
        return call.module(*bound.args, **bound.kwargs)


def _arguments(call: Call) -> Any:
    """What the module was given, by the names of its parameters, however it was handed over."""
    return signature(call.module.forward).bind(*call.args, **call.kwargs)


@contextmanager
def _parts_answer(module: Module, change: Callable[[Tensor], Tensor]) -> Iterator[None]:
    """The floating-point tensors that parts of a module make, changed for a while."""

    def hook(part: Module, given: Any, output: Any) -> Any:
        return tree_map(lambda leaf: change(leaf) if is_floating(leaf) else leaf, output)

    handles = [part.register_forward_hook(hook) for part in module.modules() if part is not module]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
