"""A calibration: the rows of one model, and for each device where, when and with what they were measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from harness.calibration.rows import Row, Spread

SCHEMA = "rerank-harness/calibration/1"
#: What rounding depends on beside model and hardware.
PACKAGES = ("rerank-harness", "torch", "transformers", "tokenizers")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a device come from. `tokens` are the lengths of the shortest and the longest probe's prompt."""

    hardware: str
    threads: int
    versions: Mapping[str, str | None]
    date: str
    command: str
    seed: int
    probes: int
    tokens: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Calibration:
    """`model` has id, digest and architecture; `reference_dtype` is what deviations were measured from, one by one on
    the CPU. `origins` has every device of which a row was measured, by kind.
    """

    model: Mapping[str, str]
    reference_dtype: str
    origins: Mapping[str, Origin]
    rows: tuple[Row, ...]

    def measured(self, device: str, dtype: str) -> dict[str, Spread]:
        """What was measured of a kind of device and a dtype, by the rows' names."""
        chosen = (row for row in self.rows if (row.device, row.dtype) == (device, dtype))
        return {row.name: row.spread for row in chosen if row.spread is not None}

    def with_devices_of(self, older: Calibration) -> Calibration:
        """With the rows of `older` for devices of which this one has none measured."""
        kept = set(older.origins) - set(self.origins)
        rows = [row for row in self.rows if row.device not in kept] + [row for row in older.rows if row.device in kept]
        origins = {**self.origins, **{device: older.origins[device] for device in sorted(kept)}}
        return Calibration(self.model, self.reference_dtype, origins, tuple(_in_order(rows)))

    def as_dict(self) -> dict[str, Any]:
        """The document that `calibrate` writes."""
        return {
            "schema": SCHEMA, "unit": "logit", "model": dict(self.model), "reference": {"dtype": self.reference_dtype},
            "devices": {kind: asdict(origin) for kind, origin in self.origins.items()},
            "rows": [row.as_dict() for row in self.rows],
        }  # fmt: skip

    @classmethod
    def of_dict(cls, document: Mapping[str, Any]) -> Calibration:
        """The calibration of a document that fits the schema."""
        return cls(
            model=document["model"], reference_dtype=document["reference"]["dtype"],
            origins={
                kind: Origin(**{**origin, "tokens": tuple(origin["tokens"])})
                for kind, origin in document["devices"].items()
            },
            rows=tuple(Row.of_dict(row) for row in document["rows"]),
        )  # fmt: skip


def _in_order(rows: list[Row]) -> Iterator[Row]:
    """By device; within one as they were measured."""
    return iter(sorted(rows, key=lambda row: row.device))
