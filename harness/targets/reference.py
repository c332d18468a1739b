"""The reference itself as a target: the pipeline in this process, on the device under verification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.core.errors import HarnessError, Refused, with_kind
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.reference.device_errors import device_error
from harness.reference.reply import Response
from harness.reference.stages import RerankRequest
from harness.targets.protocol import Capabilities, Order

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@dataclass(frozen=True)
class ReferenceTarget:
    """Answers like a deployment, through all eight stages of its reranker (which may have a fault planted)."""

    reranker: Reranker
    spec: str = "reference"

    @property
    def capabilities(self) -> Capabilities:
        """Probabilities; instructions where the family's template has a place for them."""
        return Capabilities(
            Scale.PROBABILITY,
            self.reranker.parts.checkpoint.family.takes_instruction,
            raw_scores=True,
            top_n=True,
            token_counts=True,
            order=Order.DESCENDING_STABLE,
        )

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """P(relevant) of each document; Refused where a stage raises, as a server would answer with an error, and
        DeviceError where the device is out of memory or gone.
        """
        with self._refusing([Pair(query, document, instruction) for document in documents]):
            return self.reranker.rerank(query, documents, instruction)

    def respond(self, request: RerankRequest) -> tuple[Response, int | None]:
        """The response as it would be sent, and the tokens of its prompts; Refused as for scores."""
        with self._refusing(request.pairs):
            tokens = sum(len(self.reranker.encoding(pair).ids) for pair in request.pairs)
            return self.reranker.respond(request), tokens

    @contextmanager
    def _refusing(self, pairs: Sequence[Pair]) -> Iterator[None]:
        try:
            yield
        except HarnessError:
            raise
        except Exception as error:
            refused = Refused(f"the pipeline raised {with_kind(error)}")
            raise device_error(error, lambda: self._single(pairs)) or refused from error

    def _single(self, pairs: Sequence[Pair]) -> str:
        """What does not fit where even halved batches do not."""
        stages = self.reranker.stages
        longest = max(len(stages.encode(stages.assemble(pair)).ids) for pair in pairs)
        return f"a single pair of up to {longest} tokens"
