"""What a served application computes scores with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from harness.core.pairs import Pair
from harness.core.scores import to_probability
from harness.reference.reply import in_document_order
from harness.reference.stages import RerankRequest

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Characters a token at most: what lies beyond that many for each token of the context is cut off anyhow.
LONGEST = 250


@dataclass(frozen=True, slots=True)
class Computed:
    """Score (a probability, or log-odds where they were asked for) and tokens of each document, and whether one had to
    be shortened.
    """

    scores: tuple[float, ...]
    tokens: tuple[int, ...]
    truncated: bool = False


class Scorer(Protocol):
    """Computes the scores behind an interface."""

    @property
    def model(self) -> str:
        """The name under which the model is served."""

    @property
    def max_length(self) -> int:
        """Tokens of a whole prompt."""

    def __call__(self, query: str, documents: Sequence[str], instruction: str | None, *, raw: bool = False) -> Computed:
        """The score of each document; log-odds if `raw`."""

    def tokenize(self, text: str) -> list[int]:
        """The ids of a text by itself."""

    def first(self, text: str, tokens: int) -> str:
        """The first tokens of a text."""

    def last_that_fit(self, query: str, document: str) -> str:
        """The end of a document that fits into the prompt with the query."""


@dataclass(frozen=True)
class RerankerScorer:
    """A reranker behind an interface. Requests may overlap; its model runs one batch at a time."""

    reranker: Reranker
    model: str

    @property
    def max_length(self) -> int:
        """That of the checkpoint."""
        return self.reranker.parts.checkpoint.max_length

    def __call__(self, query: str, documents: Sequence[str], instruction: str | None, *, raw: bool = False) -> Computed:
        """Through all eight stages, so that a fault planted in any of them is served too."""
        longest = LONGEST * self.max_length
        pairs = tuple(Pair(query[:longest], document[:longest], instruction) for document in documents)
        encodings = [self.reranker.encoding(pair) for pair in pairs]
        response = self.reranker.respond(RerankRequest(pairs, raw))
        return Computed(
            tuple(in_document_order(response, len(pairs))),
            tuple(len(encoding.ids) for encoding in encodings),
            any(encoding.truncated for encoding in encodings),
        )

    def tokenize(self, text: str) -> list[int]:
        """As the checkpoint's tokenizer has it."""
        return self.reranker.parts.encoder.ids(text)

    def first(self, text: str, tokens: int) -> str:
        """Cut by the checkpoint's tokenizer; a text that is short enough stays as it is."""
        ids = self.tokenize(text)
        return text if len(ids) <= tokens else self._text(ids[:tokens])

    def last_that_fit(self, query: str, document: str) -> str:
        """As many tokens from the end as the context has room for."""
        ids = self.tokenize(document)
        room = self.max_length - len(self.reranker.encoding(Pair(query, "")).ids)
        return document if len(ids) <= room else self._text(ids[-max(1, room) :])

    def _text(self, ids: list[int]) -> str:
        return str(self.reranker.parts.encoder.tokenizer.decode(ids))


@dataclass(frozen=True, slots=True)
class StubScorer:
    """Scores from a hash, so that only the interface takes time: for timing clients."""

    model: str = "stub"
    max_length: int = 8192

    def __call__(self, query: str, documents: Sequence[str], instruction: str | None, *, raw: bool = False) -> Computed:
        """A number in [-4, 4) for each pair, or its sigmoid, the same every time; a token for each word."""
        tokens = tuple(len(query.split()) + len(document.split()) for document in documents)
        odds = [self._score(query, document) for document in documents]
        scores = odds if raw else to_probability(odds).tolist()
        return Computed(tuple(scores), tokens, max(tokens, default=0) > self.max_length)

    def tokenize(self, text: str) -> list[int]:
        """One id for each word."""
        return list(range(len(text.split())))

    def first(self, text: str, tokens: int) -> str:
        """The first words."""
        return " ".join(text.split()[:tokens])

    def last_that_fit(self, query: str, document: str) -> str:
        """The last words."""
        return " ".join(document.split()[-self.max_length :])

    def _score(self, query: str, document: str) -> float:
        text = f"{query}\0{document}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(text, digest_size=4).digest()) / 2**29 - 4
