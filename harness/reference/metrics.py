"""Counters of the reference, exported in Prometheus' text format."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, generate_latest


@dataclass(frozen=True)
class Metrics:
    """Counters of one reranker, in a registry of their own so that two in one process stay apart."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    pairs: Counter = field(init=False)
    truncated: Counter = field(init=False)
    halved_batches: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Create the counters."""
        for name, text in (
            ("requests", "Rerank requests answered"),
            ("pairs", "Pairs encoded"),
            ("truncated", "Pairs whose body was truncated"),
            ("halved_batches", "Batches halved because they did not fit into memory"),
        ):
            object.__setattr__(self, name, Counter(f"reranker_{name}", text, registry=self.registry))

    def value(self, name: str) -> float:
        """Current value of one counter, 0 before its first event."""
        return self.registry.get_sample_value(f"reranker_{name}_total") or 0.0

    def text(self) -> str:
        """All counters in the Prometheus text format."""
        return generate_latest(self.registry).decode()
