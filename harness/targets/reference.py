"""The reference itself as a target: the pipeline in this process, on the device under verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.core.scores import Scale
from harness.reference.pipeline import Reranker
from harness.targets.protocol import Capabilities


@dataclass(frozen=True)
class ReferenceTarget:
    """Answers like a deployment, through all eight stages of its reranker (which may have a fault planted)."""

    reranker: Reranker
    spec: str = "reference"

    @property
    def capabilities(self) -> Capabilities:
        """Probabilities; instructions where the family's template has a place for them."""
        return Capabilities(Scale.PROBABILITY, self.reranker.parts.checkpoint.family.takes_instruction)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """P(relevant) of each document."""
        return self.reranker.rerank(query, documents, instruction)
