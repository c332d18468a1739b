"""A forward pass that computes no row twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from harness.reference.batch import Batch


@dataclass(frozen=True, slots=True)
class Row:
    """What a decoder sees of one row: ids, mask and positions, and the place whose state is read. Padding that is
    masked is left out, since it changes nothing.
    """

    ids: tuple[int, ...]
    mask: tuple[int, ...]
    positions: tuple[int, ...]
    answer: int


@dataclass
class SharedForward:
    """`forward` of a decoder, with the states of all rows remembered, whatever batch they came in."""

    forward: Callable[[Batch], Tensor]
    _states: dict[Row, Tensor] = field(default_factory=dict, repr=False)

    def __call__(self, batch: Batch) -> Tensor:
        """States of shape (B, hidden)."""
        rows = rows_of(batch)
        missing = [row for row in dict.fromkeys(rows) if row not in self._states]
        if missing:
            self._states.update(zip(missing, self.forward(batch_of(missing, batch.ids.device)), strict=True))
        return torch.stack([self._states[row] for row in rows])


def rows_of(batch: Batch) -> list[Row]:
    """The rows of a batch; one that is read at its padding keeps the padding."""
    ids, masks, positions = batch.ids.tolist(), batch.mask.tolist(), batch.positions.tolist()
    found = []
    for row, answer in enumerate(batch.answer.tolist()):
        kept = [c for c, used in enumerate(masks[row]) if used or not masks[row][answer]]
        cut = [tuple(int(values[row][column]) for column in kept) for values in (ids, masks, positions)]
        found.append(Row(cut[0], cut[1], cut[2], kept.index(answer)))
    return found


def batch_of(rows: Sequence[Row], device: torch.device) -> Batch:
    """The rows as one batch, padded on the left."""
    width = max(len(row.ids) for row in rows)

    def padded(values: Callable[[Row], tuple[int, ...]]) -> Tensor:
        return torch.tensor([[0] * (width - len(row.ids)) + list(values(row)) for row in rows], device=device)

    answers = torch.tensor([width - len(row.ids) + row.answer for row in rows], device=device)
    return Batch(padded(lambda row: row.ids), padded(lambda row: row.mask), padded(lambda row: row.positions), answers)
