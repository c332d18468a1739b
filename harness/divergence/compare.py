"""Two computations of one model, module by module in running order, with one module's states in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module

from harness.core.errors import UsageError
from harness.divergence.computation import computation_of
from harness.divergence.lockstep import Call, calls
from harness.divergence.measures import coarser, measured, tensors_of
from harness.divergence.result import Divergence, Row, finite_or_none
from harness.reference.batch import Batch, buckets
from harness.reference.encode import Encoding
from harness.reference.loading import forward_and_head
from harness.reference.pipeline import Parts, Reranker

#: The name of what reads the answer logits from the state, which is no module of the model.
HEAD = "answer head"


@dataclass(frozen=True, slots=True)
class Compared:
    """One module's row, and what it has made in the two passes."""

    row: Row
    made: tuple[Any, Any]


def compare(a: Reranker, b: Reranker, encodings: Sequence[Encoding]) -> Divergence:
    """Both computations of the same prompts, of which there is at least one, held against each other; UsageError where
    the two models run other modules.
    """
    rows: dict[str, Row] = {}
    odds = torch.empty(2, len(encodings), dtype=torch.float64)
    for group in buckets(encodings, a.tokens_per_batch, _most_padding(a, b)):
        for found in compared(a, b, [encodings[place] for place in group]):
            rows[found.row.name] = _worse(rows.get(found.row.name, found.row), found.row)
        for side, (reranker, logits) in enumerate(zip((a, b), found.made, strict=True)):
            odds[side, group] = torch.from_numpy(reranker.parts.activation.log_odds(logits.cpu()))
    checkpoint = a.parts.checkpoint
    return Divergence(
        model={"id": checkpoint.id, "digest": checkpoint.digest, "architecture": checkpoint.architecture},
        computations=(str(computation_of(a)), str(computation_of(b))), eps=torch.finfo(_coarser(a, b)).eps,
        tokens=sum(len(encoding.ids) for encoding in encodings), modules=tuple(rows.values()),
        log_odds=(finite_or_none(odds[0].tolist()), finite_or_none(odds[1].tolist())),
    )  # fmt: skip


def compared(a: Reranker, b: Reranker, encodings: Sequence[Encoding]) -> Iterator[Compared]:
    """Each module as soon as both passes over one batch have come to it; what the last one makes are the logits."""
    one, other = (_Pass(side, side.stages.batch(encodings)) for side in (a, b))
    masks, dtype = (one.batch.mask, other.batch.mask), _coarser(a, b)
    with a.parts.turn, b.parts.turn, closing(one.calls()) as of_a, closing(other.calls()) as of_b:
        for right, found in zip_longest(of_a, of_b):
            if right is None or found is None or right.name != found.name:
                names = " beside ".join("nothing" if call is None else call.name for call in (right, found))
                raise UsageError(f"the two computations run other modules ({names}): are they of one model?")
            if tensors_of(right.output):
                with torch.inference_mode():
                    row = measured(right, found, masks, dtype)
                yield Compared(row, (right.output, found.output))


def around(healthy: Reranker, parts: Parts) -> Reranker:
    """The stages of a healthy reranker around the module of another's parts, on its device and in its precision,
    whatever the other's own stages are.
    """
    model: Any = parts.module
    batch: Any = healthy.stages.batch
    forward, head = forward_and_head(model, parts.precision, healthy.parts.answer_ids)
    stages = replace(healthy.stages, batch=replace(batch, device=parts.device), forward=forward, head=head)
    own = replace(healthy.parts, module=parts.module, precision=parts.precision, turn=parts.turn)
    return replace(healthy, stages=stages, parts=own, shared=None)


@dataclass(frozen=True)
class _Pass:
    """One computation of a batch."""

    reranker: Reranker
    batch: Batch

    def calls(self) -> Generator[Call, None, None]:
        """Of every module of the model, and of the head at the end."""
        head = _Head(self.reranker.stages.head)

        def run() -> None:
            with torch.inference_mode():
                head(self.reranker.stages.forward(self.batch))

        modules = {name: module for name, module in self.reranker.parts.module.named_modules() if name}
        return calls(run, {**modules, HEAD: head})


class _Head(Module):
    """The stage `head` as a module, so that it is told of like the others."""

    def __init__(self, head: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor) -> Tensor:
        return self.head(states)


def _worse(one: Row, other: Row) -> Row:
    """Of two batches of one module the row that is closer to its limit, or further beyond it."""
    worse = max(one, other, key=lambda row: row.excess)
    return replace(worse, accumulated=max(one.accumulated, other.accumulated))


def _coarser(a: Reranker, b: Reranker) -> torch.dtype:
    return coarser(*(side.parts.precision.autocast or side.parts.precision.dtype for side in (a, b)))


def _most_padding(a: Reranker, b: Reranker) -> float:
    """All of it, since kernels differ most in what they make of a mask; but none for eager attention in float64, whose
    mask of the lowest float64 is −∞ to its softmax in float32: rows of padding become NaN, and all rows with them.
    """
    sides = [computation_of(side) for side in (a, b)]
    return 0.0 if any(side.dtype == "float64" and side.kernel == "eager" for side in sides) else 1.0
