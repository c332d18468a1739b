"""What a benchmark measured, as data: every sample is kept, so that another run can be held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

SCHEMA = "rerank-harness/bench/1"
#: Ways to score that are timed; all but the first are what it is held against.
NAMES = ("reference", "recipe", "sentence-transformers", "one-by-one")
#: A 95th percentile of fewer samples than this is the maximum under another name.
ENOUGH_FOR_P95 = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One contender on one request of `documents` documents of `length` tokens, whose prompts have `tokens` together.

    `seconds` and `rates` (of matrix products, in operations a second) are one a round; `computed` tokens and `flops` of
    matrix products were counted; `peak_bytes` is None where nothing counts memory. `deviation_logit` is the largest of
    any timed answer from the scores one by one.
    """

    contender: str
    documents: int
    length: int
    tokens: int
    seconds: tuple[float, ...]
    rates: tuple[float, ...]
    computed: int
    flops: int
    peak_bytes: int | None
    deviation_logit: float
    note: str = ""

    @property
    def cell(self) -> tuple[int, int]:
        """Documents and length."""
        return self.documents, self.length

    @property
    def median(self) -> float:
        """Seconds."""
        return float(np.median(self.seconds))

    @property
    def quartiles(self) -> tuple[float, float]:
        """Seconds within which the middle half of the rounds lies."""
        low, high = np.quantile(self.seconds, (0.25, 0.75))
        return float(low), float(high)

    @property
    def p95(self) -> float | None:
        """Seconds; None with too few rounds."""
        return float(np.quantile(self.seconds, 0.95)) if len(self.seconds) >= ENOUGH_FOR_P95 else None

    @property
    def share_of_rate(self) -> float:
        """Share of the machine's matrix-product rate that was reached: the median of the rounds, each by the rate that
        was measured in it.
        """
        return float(np.median(self.flops / np.array(self.seconds) / np.array(self.rates)))

    @classmethod
    def of_dict(cls, document: Mapping[str, Any]) -> Entry:
        """The entry that `as_dict` wrote."""
        fields: dict[str, Any] = {name: document[name] for name in cls.__dataclass_fields__}
        fields |= {name: tuple(fields[name]) for name in ("seconds", "rates")}
        if fields["deviation_logit"] is None:  # how NaN is written
            fields["deviation_logit"] = float("nan")
        return cls(**fields)

    def as_dict(self) -> dict[str, Any]:
        """The entry with what follows from it."""
        return asdict(self) | {
            "median_seconds": self.median, "quartiles_seconds": self.quartiles, "p95_seconds": self.p95,
            "pairs_per_second": self.documents / self.median, "tokens_per_second": self.tokens / self.median,
            "share_of_matrix_rate": self.share_of_rate,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Benchmark:
    """All entries of one run, and what they depend on. `limit_logit` is the largest deviation that is noise."""

    model: Mapping[str, str]
    device: str
    dtype: str
    hardware: str
    threads: int
    versions: Mapping[str, str | None]
    date: str
    command: str
    limit_logit: float
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()

    def beyond_noise(self, entry: Entry) -> bool:
        """Whether a timed answer is another one than the scores one by one, or no number at all."""
        return not entry.deviation_logit <= self.limit_logit

    def ratio(self, entry: Entry, other: str) -> float | None:
        """How many times as long another contender took for the same request: the median over the rounds, of which each
        saw both; None where it was not timed.
        """
        peer = next((e for e in self.entries if (e.contender, e.cell) == (other, entry.cell)), None)
        if peer is None:
            return None
        rounds = min(len(peer.seconds), len(entry.seconds))
        return float(np.median(np.array(peer.seconds[:rounds]) / np.array(entry.seconds[:rounds])))

    def as_dict(self) -> dict[str, Any]:
        """The document that `bench --json` writes."""
        told = {name: value for name, value in asdict(self).items() if name not in ("entries", "versions")}
        entries = [
            e.as_dict() | {f"times_{other.replace('-', '_')}": self.ratio(e, other) for other in NAMES[1:]}
            for e in self.entries
        ]
        return {"schema": SCHEMA, **told, "versions": dict(self.versions), "entries": entries}

    @classmethod
    def of_dict(cls, document: Mapping[str, Any]) -> Benchmark:
        """The benchmark of a document that fits the schema."""
        fields = {name: document[name] for name in cls.__dataclass_fields__ if name not in ("entries", "missing")}
        entries = tuple(Entry.of_dict(each) for each in document["entries"])
        return cls(**fields, entries=entries, missing=tuple(document["missing"]))
