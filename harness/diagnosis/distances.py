"""How far a result is from the right one, and how far a healthy one may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

#: Factor over the largest distance of a healthy reranker: the largest of few samples underestimates that of many.
MULTIPLE = 8.0

Measure = Callable[[Tensor, Tensor], Tensor]
"""From a result and the right one, both (rows, width), to the distance of each row, shape (rows,)."""


@dataclass(frozen=True, slots=True)
class Distance:
    """The largest distance, the row that it was met in, and the largest one that still counts as noise."""

    value: float
    row: int
    limit: float

    @property
    def is_beyond_noise(self) -> bool:
        """Whether a healthy reranker would not be as far away."""
        return self.value > self.limit

    def __str__(self) -> str:
        return f"{self.value:.3g} away where {self.limit:.3g} is noise"


def absolute(found: Tensor, right: Tensor) -> Tensor:
    """The largest |found − right| of each row."""
    return (found - right).abs().amax(-1)


def distance(measure: Measure, found: Tensor, right: Tensor, healthy: Iterable[Tensor], dtype: torch.dtype) -> Distance:
    """How far `found` is from `right`, held against `healthy` results; all are (rows, width), on any device.

    The limit is `MULTIPLE` times the largest distance of a healthy result, which is never taken to be less than one
    rounding to `dtype`: two right results may be as far apart. NaN and another shape are infinitely far away.
    """
    exact = right.cpu().double()
    rounding = measure(exact * (1 + torch.finfo(dtype).eps / 2), exact).nan_to_num(nan=0.0)
    noise = max(float(rows.max()) for rows in [rounding, *(_rows(measure, one, exact) for one in healthy)])
    rows = _rows(measure, found, exact)
    return Distance(float(rows.max()), int(rows.argmax()), MULTIPLE * noise)


def _rows(measure: Measure, found: Tensor, exact: Tensor) -> Tensor:
    if found.shape != exact.shape:
        return torch.full(exact.shape[:1], torch.inf)
    return measure(found.cpu().double(), exact).nan_to_num(nan=torch.inf, posinf=torch.inf)
