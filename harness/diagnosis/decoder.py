"""Which module of a decoder is the first whose output leaves the noise, with one output at a time in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module
from torch.utils.hooks import RemovableHandle

from harness.diagnosis.distances import Distance
from harness.reference.batch import Batch
from harness.reference.pipeline import Reranker
from harness.reference.states import kept


class NotLookedInto(Exception):
    """A forward pass whose modules cannot be looked into; the message says why."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The forward pass of a reranker over batches; it can be made again and again."""

    reranker: Reranker
    batches: tuple[Batch, ...]

    def states(self) -> Tensor:
        """What the stage makes of the batches, shape (rows, hidden)."""
        with self.reranker.parts.turn, torch.inference_mode():
            return torch.cat([self.reranker.stages.forward(batch) for batch in self.batches])

    def output(self, name: str) -> Tensor:
        """What the module of that name makes of the tokens that the mask keeps, shape (tokens, hidden), float64 on the
        CPU; NotLookedInto where the pass does not run it on the batches as they are.
        """
        module = self.reranker.parts.module.get_submodule(name)
        with self.reranker.parts.turn, torch.inference_mode():
            return torch.cat([self._output(name, module, batch) for batch in self.batches])

    def _output(self, name: str, module: Module, batch: Batch) -> Tensor:
        with _captured(module) as made:
            self.reranker.stages.forward(batch)
        if len(made) != 1 or made[0].shape[:2] != batch.mask.shape:
            raise NotLookedInto(f"{name} runs {len(made)} times, not once on the whole batch")
        return kept(made[0], batch.mask)


@contextmanager
def _captured(module: Module) -> Iterator[list[Tensor]]:
    """What the module answers, behind every hook that changes it: the capturing one joins when the module is called,
    after those that are there for the pass.
    """
    made: list[Tensor] = []
    handles: list[RemovableHandle] = []

    def capture(module: Module, inputs: tuple[Any, ...], output: Any) -> None:
        made.append(output[0] if isinstance(output, tuple) else output)
        handles.pop().remove()

    def join(module: Module, inputs: tuple[Any, ...]) -> None:
        handles.append(module.register_forward_hook(capture))

    handles.append(module.register_forward_pre_hook(join))
    try:
        yield made
    finally:
        for handle in handles:
            handle.remove()


def modules_of(reranker: Reranker) -> tuple[str, ...]:
    """Names of a decoder's modules in the order in which they run: embeddings, layers, final norm. Empty for a model
    that is built otherwise.
    """
    decoder: Any = getattr(reranker.parts.module, "base_model", None)
    if not hasattr(decoder, "layers"):
        return ()
    running = [decoder.get_input_embeddings(), *decoder.layers, getattr(decoder, "norm", None)]
    names = {module: name for name, module in reranker.parts.module.named_modules()}
    return tuple(names[module] for module in running if module is not None)


def first_beyond_noise(names: Sequence[str], distance_of: Callable[[str], Distance]) -> tuple[str, Distance] | None:
    """The first module whose output is beyond noise, by bisection: what goes wrong in one is still wrong in the last.

    None where the last one's is within noise.
    """
    found = distance_of(names[-1])
    if not found.is_beyond_noise:
        return None
    agreeing, beyond = 0, len(names) - 1
    while agreeing < beyond:
        middle = (agreeing + beyond) // 2
        here = distance_of(names[middle])
        if here.is_beyond_noise:
            beyond, found = middle, here
        else:
            agreeing = middle + 1
    return names[beyond], found
