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
            "requests": self.counter("http_requests", "Requests answered", "handler", "method", "status"),
            "documents": self.counter("rerank_documents", "Documents scored"),
            "tokens": self.counter("rerank_tokens", "Tokens computed"),
            "scores": Histogram("rerank_score", "Scores sent", buckets=BUCKETS, registry=self.registry),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def counter(self, name: str, about: str, *labels: str) -> Counter:
        """A counter in this registry."""
        return Counter(name, about, labels, registry=self.registry)

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


@dataclass(frozen=True)
class RouterMetrics(ServedMetrics):
    """As the router of text-embeddings-inference counts: requests, successes, and failures by their kind."""

    count: Counter = field(init=False)
    success: Counter = field(init=False)
    failure: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Create the router's counters beside the common ones."""
        ServedMetrics.__post_init__(self)
        made = {
            "count": self.counter("te_request_count", "Requests", "method"),
            "success": self.counter("te_request_success", "Requests answered", "method"),
            "failure": self.counter("te_request_failure", "Requests refused", "err"),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def answered(self, handler: str, method: str, status: int) -> None:
        """Count one response under the router's names."""
        self.count.labels("batch").inc()
        if status == 200:
            self.success.labels("batch").inc()
        else:
            self.failure.labels("validation" if status < 500 else "backend").inc()
