"""Negative controls: scorers that are plainly no rerankers and must fail in every verification."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from harness.core.scores import Scale
from harness.targets.protocol import Capabilities


@dataclass(frozen=True, slots=True)
class ConstantControl:
    """Scores everything alike, as a deployment with a lost head or a swallowed error does."""

    value: float = 0.5
    spec: str = "control:constant"
    reranker: None = None

    @property
    def capabilities(self) -> Capabilities:
        """Probabilities."""
        return Capabilities(Scale.PROBABILITY, instruction=False)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The same value for each document."""
        return [self.value] * len(documents)


@dataclass(frozen=True, slots=True)
class RandomControl:
    """Scores without any relation to relevance, yet the same for the same pair on every day."""

    seed: int = 0
    spec: str = "control:random"
    reranker: None = None

    @property
    def capabilities(self) -> Capabilities:
        """Probabilities."""
        return Capabilities(Scale.PROBABILITY, instruction=False)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """A number in (0, 1) from a hash of seed, query and document."""
        return [self._draw(query, document) for document in documents]

    def _draw(self, query: str, document: str) -> float:
        text = f"{self.seed}\0{query}\0{document}".encode("utf-8", "surrogatepass")
        return (int.from_bytes(hashlib.blake2b(text, digest_size=6).digest()) + 0.5) / 2**48
