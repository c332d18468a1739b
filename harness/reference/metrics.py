"""Counters of the reference, exported in Prometheus' text format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from prometheus_client import CollectorRegistry, Counter, generate_latest


@dataclass(frozen=True)
class CounterSet:
    """Counters in a registry of their own (unless one is passed), so that two sets in one process stay apart.

    A subclass says what is counted in `about` and names each counter as a field.
    """

    prefix: ClassVar[str]
    about: ClassVar[Mapping[str, str]]
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        """Create the counters."""
        for name, text in self.about.items():
            object.__setattr__(self, name, Counter(f"{self.prefix}_{name}", text, registry=self.registry))

    def value(self, name: str) -> float:
        """Current value of one counter, 0 before its first event."""
        return self.registry.get_sample_value(f"{self.prefix}_{name}_total") or 0.0

    def text(self) -> str:
        """All counters in the Prometheus text format."""
        return generate_latest(self.registry).decode()


@dataclass(frozen=True)
class Metrics(CounterSet):
    """What one reranker counts."""

    prefix = "reranker"
    about: ClassVar[Mapping[str, str]] = {
        "requests": "Rerank requests answered",
        "pairs": "Pairs encoded",
        "truncated": "Pairs whose body was truncated",
        "halved_batches": "Batches halved because they did not fit into memory",
    }
    requests: Counter = field(init=False)
    pairs: Counter = field(init=False)
    truncated: Counter = field(init=False)
    halved_batches: Counter = field(init=False)
