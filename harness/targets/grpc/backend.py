"""The Python backend of text-embeddings-inference as a target: stages batch, forward and head without the router.

The router's share is done here by the reference's own stages: assemble and encode before the backend, and the reading
of its raw logits after it. So what deviates is the backend's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.core.errors import MalformedAnswer, Unanswerable, UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.reference.activate import Activation
from harness.reference.assemble import assemble_with
from harness.reference.checkpoint import Checkpoint, Form
from harness.reference.encode import Encoder, Encoding
from harness.reference.labels import positive_label
from harness.targets.grpc.channel import Channel
from harness.targets.grpc.messages import message
from harness.targets.grpc.wire import Texts, rows_from_bytes
from harness.targets.protocol import Capabilities

#: Tokens of one Predict at most: the router's default for --max-batch-tokens, counted without padding as it does.
BATCH_TOKENS = 16_384
#: Model types whose positions begin behind the pad id, as in fairseq.
COUNTED_FROM_PADDING = ("roberta", "xlm-roberta", "camembert")


@dataclass(frozen=True)
class BackendTarget:
    """Answers with the log-odds of the backend's logits: the only one, or those of the positive label − the other's."""

    spec: str
    checkpoint: Checkpoint
    encoder: Encoder
    activation: Activation
    channel: Channel
    reranker: None = None

    @property
    def capabilities(self) -> Capabilities:
        """Log-odds in float32; instructions where the family's template has a place for them."""
        limit = self.checkpoint.max_length
        return Capabilities(
            Scale.LOG_ODDS, self.checkpoint.family.takes_instruction, input_limit=limit, single_precision=True
        )

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Log-odds of each document; all are sent in one Predict, or in several of at most BATCH_TOKENS."""
        if instruction is not None and not self.capabilities.instruction:
            raise Unanswerable(f"the prompt of {self.checkpoint.id} has no place for an instruction")
        encodings = [self._encoding(Pair(query, document, instruction)) for document in documents]
        return [score for part in within(encodings, BATCH_TOKENS) for score in self._log_odds(part)]

    def close(self) -> None:
        """Give the connection back."""
        self.channel.close()

    def _encoding(self, pair: Pair) -> Encoding:
        return self.encoder(assemble_with(self.checkpoint.family.template, pair))

    def _log_odds(self, encodings: Sequence[Encoding]) -> list[float]:
        import torch

        texts = Texts.of(encodings, first_position(self.checkpoint.config))
        logits = torch.tensor(self._rows(texts.to_bytes(), len(encodings)), dtype=torch.float64)
        return [float(score) for score in self.activation.log_odds(logits)]

    def _rows(self, request: bytes, texts: int) -> list[list[float]]:
        """One row of logits a text; MalformedAnswer where rows are missing or have another width."""
        where = f"{self.channel.socket} answered Predict"
        try:
            rows = rows_from_bytes(self.channel.call("Predict", request))
        except ValueError as error:
            raise MalformedAnswer(f"{where} with something else: {error}") from None
        if len(rows) != texts:
            raise MalformedAnswer(f"{where} with {len(rows)} scores for {texts} texts")
        labels = 1 if self.activation.negative is None else 2
        widths = {len(row) for row in rows}
        if widths != {labels}:
            shown = ", ".join(map(str, sorted(widths)))
            raise MalformedAnswer(f"{where} with {shown} values a text, where the model has {labels} to give")
        return rows


def open_backend(spec: str, socket: str, checkpoint: Checkpoint | None, timeout: float) -> BackendTarget:
    """The backend at a unix socket, once it says that it is healthy; `timeout` in seconds bounds each call.

    UsageError where the checkpoint is missing, or its tokenizer or labels cannot be used; MissingDependency without
    grpcio or protobuf; TargetError or Refused where the backend is not there or not healthy.
    """
    if not socket:
        raise UsageError(f"target {spec!r} must read tei-backend:SOCKET, e.g. tei-backend:/tmp/backend.sock")
    if checkpoint is None:
        raise UsageError(f"target {spec!r} takes token ids, so its checkpoint is needed; name it with --model")
    from harness.reference.loading import load_tokenizer

    activation = _activation(checkpoint)
    encoder = Encoder(load_tokenizer(checkpoint), checkpoint.max_length)
    channel = Channel.open(socket, timeout)
    channel.call("Health", message("HealthRequest").SerializeToString())
    return BackendTarget(spec, checkpoint, encoder, activation, channel)


def within(encodings: Sequence[Encoding], tokens: int) -> Iterator[list[Encoding]]:
    """Runs of neighbours, in order, that together hold at most `tokens` tokens (at least one encoding each)."""
    run: list[Encoding] = []
    for encoding in encodings:
        if run and sum(len(e.ids) for e in run) + len(encoding.ids) > tokens:
            yield run
            run = []
        run.append(encoding)
    if run:
        yield run


def first_position(config: dict[str, Any]) -> int:
    """The position id of a text's first token."""
    return int(config.get("pad_token_id") or 0) + 1 if config.get("model_type") in COUNTED_FROM_PADDING else 0


def _activation(checkpoint: Checkpoint) -> Activation:
    """How the backend's logits are read. A causal model can only be served as its conversion to one label."""
    if checkpoint.form is Form.CAUSAL:
        return Activation(0, None)
    label = positive_label(checkpoint.config)
    return Activation(label.index, None if label.count == 1 else 1 - label.index)
