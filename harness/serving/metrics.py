"""What a served application counts, in Prometheus' format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

#: Upper bounds of the buckets in which scores are counted; probabilities lie in (0, 1).
BUCKETS = tuple(i / 10 for i in range(1, 11))


@dataclass(frozen=True)
class ServedMetrics:
    """Requests by path and status class, documents, tokens, and a histogram of the scores that were sent."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    documents: Counter = field(init=False)
    tokens: Counter = field(init=False)
    scores: Histogram = field(init=False)

    def __post_init__(self) -> None:
        """Create the metrics."""
        made = {
            "requests": Counter(
                "http_requests", "Requests answered", ("handler", "method", "status"), registry=self.registry
            ),
            "documents": Counter("rerank_documents", "Documents scored", registry=self.registry),
            "tokens": Counter("rerank_tokens", "Tokens computed", registry=self.registry),
            "scores": Histogram("rerank_score", "Scores sent", buckets=BUCKETS, registry=self.registry),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def answered(self, handler: str, method: str, status: int) -> None:
        """Count one response."""
        self.requests.labels(handler, method, f"{status // 100}xx").inc()

    def scored(self, scores: Sequence[float], tokens: int) -> None:
        """Count the scores of one response."""
        self.documents.inc(len(scores))
        self.tokens.inc(tokens)
        for score in scores:
            self.scores.observe(score)

    def text(self) -> str:
        """All of it."""
        return generate_latest(self.registry).decode()
