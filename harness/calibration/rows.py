"""What was measured of one combination of device, dtype, attention kernel and batch shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from harness.core.scores import Scores

MEASURED, NOT_MEASURED = "measured", "not measured"
#: Significant digits of a quantile: more say nothing.
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Quantiles of absolute differences, in logits."""

    median: float
    p90: float
    p99: float
    max: float

    @classmethod
    def of(cls, differences: Scores) -> Quantiles:
        """ValueError without any difference, or where one is not finite."""
        if not differences.size or not np.isfinite(differences).all():
            raise ValueError("quantiles are taken of finite differences, and of one at least")
        found = np.quantile(np.abs(differences), (0.5, 0.9, 0.99, 1.0))
        return cls(*(float(f"{quantile:.{DIGITS}g}") for quantile in found))


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` pairs: `deviation` from the reference, and `movement` from the same pairs alone, by the same kernel in
    the same dtype. Of the first `repeats` of them: `repeat` between two computations of the same batches.
    """

    count: int
    repeats: int
    deviation: Quantiles
    repeat: Quantiles
    movement: Quantiles


@dataclass(frozen=True, slots=True)
class Row:
    """One combination; either measured, or with the reason why it was not."""

    device: str
    dtype: str
    kernel: str
    shape: str
    spread: Spread | None = None
    reason: str | None = None

    @property
    def name(self) -> str:
        """The row in a few words, for those who know the device."""
        return f"{self.dtype} {self.kernel} {self.shape}"

    def as_dict(self) -> dict[str, Any]:
        """The row as it is written: what was not measured has no numbers."""
        named = {"device": self.device, "dtype": self.dtype, "kernel": self.kernel, "shape": self.shape}
        if self.spread is None:
            return {**named, "status": NOT_MEASURED, "reason": self.reason}
        return {**named, "status": MEASURED, **asdict(self.spread)}

    @classmethod
    def of_dict(cls, row: Mapping[str, Any]) -> Row:
        """The row that was written so."""
        named = (row["device"], row["dtype"], row["kernel"], row["shape"])
        if row["status"] == NOT_MEASURED:
            return cls(*named, reason=row["reason"])
        kinds = {name: Quantiles(**row[name]) for name in ("deviation", "repeat", "movement")}
        return cls(*named, spread=Spread(row["count"], row["repeats"], **kinds))
