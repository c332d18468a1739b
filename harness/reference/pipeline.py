"""The reference reranker: eight stages joined, each of which can be exchanged without touching the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from harness.core.pairs import Pair, by_request
from harness.core.scores import Scores
from harness.reference.activate import Activation
from harness.reference.batch import buckets
from harness.reference.checkpoint import Checkpoint
from harness.reference.device_errors import is_out_of_memory
from harness.reference.devices import Device, PeakMemory, Precision, peak_memory
from harness.reference.encode import Encoder, Encoding
from harness.reference.metrics import Metrics
from harness.reference.prefixes import continuations, passes
from harness.reference.reply import Response, in_document_order
from harness.reference.shared_prefix import SharedPrefix
from harness.reference.stages import RerankRequest, Stages, respond

P = TypeVar("P")


@dataclass(frozen=True)
class Parts:
    """What the stages were built from, for those who look into them."""

    checkpoint: Checkpoint
    encoder: Encoder
    activation: Activation
    precision: Precision
    answer_ids: tuple[int, ...]
    module: torch.nn.Module
    turn: RLock = field(default_factory=RLock, repr=False)
    """Held by whoever runs the model: its buffers and hooks are shared by all requests."""

    @property
    def device(self) -> Device:
        """Where the model runs."""
        return self.precision.device


@dataclass(frozen=True)
class Reranker:
    """Scores pairs with the stages it was given; `tokens_per_batch` bounds the tokens of one forward pass, and
    `most_padding` the share of padding in them.

    `shared` is a faster way through the stages batch and forward, without any padding, taken as long as neither was
    exchanged.
    """

    stages: Stages
    parts: Parts
    shared: SharedPrefix | None = None
    tokens_per_batch: int = 2_048
    most_padding: float = 0.05
    on_note: Callable[[str, str], None] = lambda topic, message: None
    metrics: Metrics = field(default_factory=Metrics)

    def rerank(self, query: str, documents: Sequence[str], instruction: str | None = None) -> list[float]:
        """P(relevant) of each document, in the order of `documents`, through all eight stages."""
        if not documents:
            return []
        pairs = tuple(Pair(query, document, instruction) for document in documents)
        return in_document_order(self.respond(RerankRequest(pairs)), len(documents))

    def respond(self, request: RerankRequest) -> Response:
        """The response to one request as it would be sent, in its own order."""
        return respond(self.stages, self._asked, request)

    def log_odds(self, pairs: Sequence[Pair], *, one_by_one: bool = False) -> Scores:
        """Log-odds of each pair, shape (len(pairs),), float64: every stage up to the activation."""
        if not pairs:
            return np.zeros(0)
        return self.parts.activation.log_odds(self.logits(pairs, one_by_one=one_by_one))

    def logits(self, pairs: Sequence[Pair], *, one_by_one: bool = False) -> Tensor:
        """Answer logits (len(pairs), k) on the CPU: each pair by itself, or many at once, the prefix of each request
        shared where the model allows it.
        """
        encodings = [self.encoding(pair) for pair in pairs]
        if one_by_one:
            return self._in_groups(self._padded, encodings, ([place] for place in range(len(pairs))))
        if self.shared is None or not self.shared.stands_for(self.stages):
            return self._in_groups(
                self._padded, encodings, buckets(encodings, self.tokens_per_batch, self.most_padding)
            )
        prompts = continuations(encodings, [positions for _, _, positions, _ in by_request(pairs)])
        return self._in_groups(self.shared, prompts, passes(prompts, self.tokens_per_batch))

    def encoding(self, pair: Pair) -> Encoding:
        """Token ids of one pair's prompt."""
        encoding = self.stages.encode(self.stages.assemble(pair))
        self.metrics.pairs.inc()
        if encoding.truncated:
            self.metrics.truncated.inc()
        return encoding

    def peak_memory(self) -> PeakMemory:
        """The most memory held so far on host and device, in bytes."""
        return peak_memory(self.parts.device)

    def _asked(self, pairs: Sequence[Pair]) -> Tensor:
        self.metrics.requests.inc()
        return self.logits(pairs)

    def _padded(self, encodings: Sequence[Encoding]) -> Tensor:
        return self.stages.forward(self.stages.batch(encodings))

    def _in_groups(
        self, states: Callable[[Sequence[P]], Tensor], prompts: Sequence[P], groups: Iterable[Sequence[int]]
    ) -> Tensor:
        """Logits of all prompts, in their order; `groups` holds the places of those that are computed at once."""
        rows: dict[int, Tensor] = {}
        for group in groups:
            rows |= zip(group, self._fitting(states, [prompts[place] for place in group]), strict=True)
        return torch.stack([rows[place] for place in range(len(prompts))])

    def _fitting(self, states: Callable[[Sequence[P]], Tensor], prompts: Sequence[P]) -> Tensor:
        """Logits of one group; out of memory halves it and goes on, until a single pair does not fit."""
        try:
            with self.parts.turn:
                return self.stages.head(states(prompts)).cpu()
        except (RuntimeError, MemoryError) as error:
            if len(prompts) == 1 or not is_out_of_memory(error):
                raise
        half = len(prompts) // 2
        self.metrics.halved_batches.inc()
        self.on_note("out-of-memory", f"a batch of {len(prompts)} did not fit and was halved")
        if self.parts.device.kind == "cuda":
            torch.cuda.empty_cache()
        return torch.cat([self._fitting(states, prompts[:half]), self._fitting(states, prompts[half:])])


def score_requests(reranker: Reranker, pairs: Sequence[Pair]) -> Scores:
    """P(relevant) of each pair, asked for as a server would be: one request a query and instruction."""
    scores = np.zeros(len(pairs))
    for query, instruction, positions, documents in by_request(pairs):
        scores[positions] = reranker.rerank(query, documents, instruction)
    return scores
