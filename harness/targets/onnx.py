"""An ONNX graph in this process, run by ONNX Runtime: `onnx:DIR`.

The folder holds `model.onnx` beside the checkpoint's configuration and tokenizer. Prompt, tokens and batches are those
of the reference; the forward pass and the head are the graph's. Graphs of other exporters are read too: a classifier's
logits (batch, labels) by the labels of the configuration, a causal model's (batch, length, vocabulary) at the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from harness.core.errors import MissingDependency, TargetError, UsageError, first_line, with_kind
from harness.core.pairs import Pair
from harness.core.scores import Scale, Scores
from harness.reference.activate import Activation
from harness.reference.answers import DETECTIONS
from harness.reference.assemble import assemble_with
from harness.reference.batch import Batch, Padder, buckets
from harness.reference.checkpoint import Checkpoint, Form, open_checkpoint
from harness.reference.devices import Device
from harness.reference.encode import Encoder
from harness.reference.labels import positive_label
from harness.reference.loading import load_tokenizer
from harness.targets.protocol import Capabilities

GRAPH = "model.onnx"
#: Metadata by which our own export tells whose logits its columns are: answer ids, the positive one first.
ANSWER_IDS = "answer_ids"
PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider", "mps": "CoreMLExecutionProvider"}
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_INPUTS: dict[str, Callable[[Batch], Tensor]] = {
    "input_ids": lambda batch: batch.ids,
    "attention_mask": lambda batch: batch.mask,
    "position_ids": lambda batch: batch.positions,
    "token_type_ids": lambda batch: torch.zeros_like(batch.ids) if batch.segments is None else batch.segments,
}
#: Padded tokens of one run, and of one that gives logits of the whole vocabulary at every token.
_TOKENS_PER_RUN = 8_192
_TOKENS_WITH_VOCABULARY = 1_024


@dataclass(frozen=True, slots=True)
class Reading:
    """How logits are read: at the answer position if the graph gives every one, and these ids of a vocabulary."""

    activation: Activation
    every_position: bool = False
    ids: tuple[int, ...] | None = None

    def __call__(self, output: Any, batch: Batch) -> Scores:
        """Log-odds (B,) of an output (B, k) or (B, T, V)."""
        logits = torch.from_numpy(np.asarray(output))
        if self.every_position:
            logits = logits[torch.arange(len(batch.answer)), batch.answer]
        return self.activation.log_odds(logits if self.ids is None else logits[:, list(self.ids)])


@dataclass(frozen=True)
class OnnxTarget:
    """Scores pairs by running a graph on batches that the reference's own stages have made."""

    spec: str
    session: Any
    checkpoint: Checkpoint
    encode: Encoder
    pad: Padder
    reading: Reading
    reranker: None = None

    @property
    def capabilities(self) -> Capabilities:
        """Log-odds; instructions where the family's template has a place for them."""
        return Capabilities(
            Scale.LOG_ODDS, self.checkpoint.family.takes_instruction, input_limit=self.checkpoint.max_length
        )

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Log-odds of each document; TargetError with what ONNX Runtime says where it stops."""
        template = self.checkpoint.family.template
        pairs = [Pair(query, document, instruction) for document in documents]
        encodings = [self.encode(assemble_with(template, pair)) for pair in pairs]
        scores = np.zeros(len(pairs))
        for group in buckets(encodings, _TOKENS_WITH_VOCABULARY if self.reading.every_position else _TOKENS_PER_RUN):
            batch = self.pad([encodings[index] for index in group])
            scores[group] = self.reading(self._run(batch), batch)
        return [float(score) for score in scores]

    def _run(self, batch: Batch) -> Any:
        inputs = {i.name: _INPUTS[i.name](batch).numpy().astype(_INTEGERS[i.type]) for i in self.session.get_inputs()}
        try:
            return self.session.run([_output(self.session).name], inputs)[0]
        except Exception as error:
            raise TargetError(f"{self.spec}: ONNX Runtime raised {with_kind(error)}") from None


def open_onnx(spec: str, folder: str, device: str) -> OnnxTarget:
    """The graph of a folder on a device, with the folder's tokenizer.

    UsageError for a missing file, a device without a provider, or inputs and outputs that are no reranker's;
    MissingDependency without onnxruntime.
    """
    place = Path(folder)
    if not (place / GRAPH).is_file():
        raise UsageError(f"no {GRAPH} in {place}; write one with: rerank-harness models export NAME DIR --format onnx")
    checkpoint = open_checkpoint(place, weights=(place / GRAPH,))
    tokenizer = load_tokenizer(checkpoint)
    session = _session(place / GRAPH, device)
    _require_inputs(session, place)
    padder = Padder(int(tokenizer.pad_token_id), checkpoint.family.padding_side, Device("cpu"))
    encoder = Encoder(tokenizer, checkpoint.max_length)
    return OnnxTarget(spec, session, checkpoint, encoder, padder, _reading(session, checkpoint, tokenizer))


def _session(graph: Path, device: str) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise MissingDependency("onnxruntime", "the target onnx:DIR") from None
    asked = Device.parse(device)
    provider = PROVIDERS[asked.kind]
    if provider not in onnxruntime.get_available_providers():
        raise UsageError(f"this ONNX Runtime has no {provider} for the device {asked}; install a build that has it")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    placed = (provider, {"device_id": asked.index}) if asked.kind == "cuda" else provider
    try:
        return onnxruntime.InferenceSession(graph, options, providers=[placed])
    except Exception as error:
        raise UsageError(f"{graph}: ONNX Runtime cannot read it ({first_line(error)})") from None


def _require_inputs(session: Any, folder: Path) -> None:
    for given in session.get_inputs():
        if given.name not in _INPUTS or given.type not in _INTEGERS:
            raise UsageError(
                f"{folder / GRAPH} takes {given.name!r} ({given.type}), which is none of {', '.join(_INPUTS)}; "
                "export it for scoring, without a cache of past keys"
            )


def _reading(session: Any, checkpoint: Checkpoint, tokenizer: Any) -> Reading:
    """What the columns of the output are, by metadata, form and shape; UsageError where they do not fit together."""
    shape = _output(session).shape
    match checkpoint.form, len(shape), session.get_modelmeta().custom_metadata_map.get(ANSWER_IDS):
        case Form.CAUSAL, 2, str(ids) if ids:
            return Reading(_answers(len(ids.split())))
        case Form.CAUSAL, 3, _:
            found = DETECTIONS(tokenizer, checkpoint.family, checkpoint.declared_answers)
            rows = tuple(i for i in (found.positive, found.negative) if i is not None)
            return Reading(_answers(len(rows)), every_position=True, ids=rows)
        case Form.SEQUENCE_CLASSIFICATION, 2, _:
            label = positive_label(checkpoint.config, shape[1] if isinstance(shape[1], int) else None)
            return Reading(Activation(label.index, None if label.count == 1 else 1 - label.index))
    raise UsageError(
        f"{checkpoint.folder / GRAPH}: logits of shape {shape} say no score of a {checkpoint.architecture}; expected "
        "(batch, labels) of a classifier, or (batch, length, vocabulary) of a causal model"
    )


def _answers(count: int) -> Activation:
    """Columns of the answers, the positive one first."""
    return Activation(0, None if count == 1 else 1)


def _output(session: Any) -> Any:
    """The output called logits, or the only one."""
    outputs = session.get_outputs()
    return next((output for output in outputs if output.name == "logits"), outputs[0])
