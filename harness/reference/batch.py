"""Stage `batch`: token ids become tensors, padded on the family's side and sorted by length into buckets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from harness.reference.devices import Device, to_device
from harness.reference.encode import Encoding


@dataclass(frozen=True, slots=True)
class Batch:
    """ids, mask and positions of shape (B, T); `answer` (B,) is the position whose state is read."""

    ids: Tensor
    mask: Tensor
    positions: Tensor
    answer: Tensor
    segments: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Padder:
    """Pads encodings to one length."""

    pad_id: int
    side: str
    device: Device

    def __call__(self, encodings: Sequence[Encoding]) -> Batch:
        """One batch on the device; positions count real tokens only, so that padding moves no text."""
        longest = max(len(e.ids) for e in encodings)
        ids = torch.full((len(encodings), longest), self.pad_id, dtype=torch.long)
        mask = torch.zeros_like(ids)
        segments = torch.zeros_like(ids) if encodings[0].segments is not None else None
        for row, encoding in enumerate(encodings):
            at = self._slice(len(encoding.ids), longest)
            ids[row, at] = torch.tensor(encoding.ids, dtype=torch.long)
            mask[row, at] = 1
            if segments is not None and encoding.segments is not None:
                segments[row, at] = torch.tensor(encoding.segments, dtype=torch.long)
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        return self._placed(Batch(ids, mask, positions, last_token(mask), segments))

    def _slice(self, length: int, longest: int) -> slice:
        return slice(longest - length, longest) if self.side == "left" else slice(0, length)

    def _placed(self, batch: Batch) -> Batch:
        tensors = (batch.ids, batch.mask, batch.positions, batch.answer, batch.segments)
        return Batch(*(None if t is None else to_device(t, self.device) for t in tensors))  # type: ignore[arg-type]


def last_token(mask: Tensor) -> Tensor:
    """Position of the last real token of each row, shape (B,), for padding on either side."""
    columns = torch.arange(mask.shape[1], device=mask.device)
    return (mask * columns).argmax(-1)


def buckets(encodings: Sequence[Encoding], tokens: int, most_padding: float = 1.0) -> Iterator[list[int]]:
    """Indices of `encodings`, longest first, in groups of at least one, whose padded size stays within `tokens` and
    their padding within the share `most_padding` of that.
    """
    order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
    group: list[int] = []
    real = 0
    for index in order:
        length = len(encodings[index].ids)
        padded = (len(group) + 1) * (len(encodings[group[0]].ids) if group else length)
        if group and (padded > tokens or padded - real - length > most_padding * padded):
            yield group
            group, real = [], 0
        group.append(index)
        real += length
    if group:
        yield group
