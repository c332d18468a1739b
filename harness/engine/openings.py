"""What workers open: the reference for a checkpoint, or a target; words that can be sent to another process."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from harness.checks.many import LogOdds
from harness.core.errors import UsageError
from harness.core.scores import Scale, to_log_odds
from harness.engine.resolve import resolve_model
from harness.engine.setup import Request
from harness.engine.targets import close_target, open_target
from harness.engine.threads import set_threads
from harness.reference.checkpoint import folder_digest
from harness.reference.devices import Device
from harness.scoring.engine import Engine, Kind
from harness.scoring.placement import Need
from harness.scoring.worker import Scorer

if TYPE_CHECKING:
    from harness.reference.checkpoint import Checkpoint
    from harness.targets.protocol import Target

#: Bytes that CUDA itself and its libraries take of a card. Nothing was measured on CUDA: 0.5 GiB are usual.
CUDA_BYTES = 2**30
#: Activations of a token that are alive at once: three of the width of the MLP, eight of the hidden width.
ACTIVATIONS = (3, 8)
#: Kinds of targets whose model lies in a folder.
READS_A_FOLDER = ("onnx", "sentence-transformers")
_BYTES = {"float64": 8, "float32": 4}


@dataclass(frozen=True, slots=True)
class ReferenceOpening:
    """The reference for a checkpoint on a device, with so many threads where that is the CPU."""

    model: str
    device: str = "cpu"
    dtype: str | None = None
    allow_pickles: bool = False
    threads: int = 1

    @property
    def name(self) -> str:
        """As a target is named."""
        return "reference"

    def checkpoint(self) -> Checkpoint:
        """The checkpoint on this machine; UsageError where it is not there."""
        return resolve_model(self.model, allow_pickles=self.allow_pickles)

    def inputs(self) -> Mapping[str, str]:
        """The model by the digest of its files, and what it is computed with."""
        return {"model": self.checkpoint().digest, "threads": str(self.threads)}

    def open(self) -> LogOdds:
        """Load it; UsageError where checkpoint or device are not there."""
        from harness.reference.loading import load_reranker

        device = present(self.device)
        set_threads(self.threads)
        return LogOdds(load_reranker(self.checkpoint(), device, dtype=self.dtype))


@dataclass(frozen=True, slots=True)
class Unsqueezed:
    """Probabilities of a target as log-odds."""

    target: Target

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Log-odds of each document; infinite where a probability is saturated."""
        return [float(odds) for odds in to_log_odds(self.target.score(query, documents, instruction))]

    def close(self) -> None:
        """Give back what the target holds."""
        close_target(self.target)


@dataclass(frozen=True, slots=True)
class TargetOpening:
    """The target of a request. `folder` is where `python:` targets are imported from beside what is installed. Scores
    are on the target's own scale unless log-odds are wanted.
    """

    request: Request
    threads: int = 1
    folder: str = ""
    as_log_odds: bool = False

    @property
    def name(self) -> str:
        """As it was named."""
        return self.request.target

    def inputs(self) -> Mapping[str, str]:
        """The model by its digest, where the target reads one here."""
        kind, _, place = self.request.target.partition(":")
        if kind in READS_A_FOLDER and Path(place).is_dir():
            return {"model": folder_digest(Path(place))}
        if not self.request.is_reference or self.request.checkpoint is None:
            return {}
        return {"model": self.request.checkpoint.digest, "threads": str(self.threads)}

    def open(self) -> Scorer:
        """The target; HarnessError where it cannot be opened or reached."""
        if self.folder and self.folder not in sys.path:
            sys.path.insert(0, self.folder)
        if self.request.is_reference:
            present(self.request.device)
            set_threads(self.threads)
        # each of those that ask sends one request after the other: together they are as many as a server may have
        alone = replace(self.request.connection, concurrency=1)
        target = open_target(replace(self.request, record=None, connection=alone), lambda topic, message: None)
        probability = target.capabilities.scale is Scale.PROBABILITY
        return Unsqueezed(target) if self.as_log_odds and probability else target


def present(name: str) -> Device:
    """The device of that name; UsageError where it is not here."""
    device = Device.parse(name)
    if reason := device.missing():
        raise UsageError(f"device {name} cannot be used: {reason}")
    return device


def on_worker(device: str, engine: Engine) -> str:
    """What a device is called where a worker runs: Ray shows it no card but its own, whose index is then 0."""
    return Device.parse(device).kind if engine.kind is Kind.RAY else device


def need_of(checkpoint: Checkpoint | None, device: Device, dtype: str | None, threads: int) -> Need:
    """What a worker needs that computes this checkpoint there; one that asks a server needs a core."""
    if checkpoint is not None and device.kind == "cuda":
        return Need(1, card_bytes=_card_bytes(checkpoint, dtype or checkpoint.dtype))
    return Need(threads, usual=1 if device.kind == "mps" else max(1, (os.cpu_count() or 1) // threads))


def _card_bytes(checkpoint: Checkpoint, dtype: str) -> int:
    """Bytes of a card that hold the weights, the activations of one pass, and CUDA itself."""
    from harness.reference.loading import TOKENS_PER_BATCH

    width = _BYTES.get(dtype, 2)
    weights = checkpoint.weight_bytes * width // _BYTES.get(checkpoint.dtype, 2)
    hidden = int(checkpoint.config.get("hidden_size") or 0)
    inner = int(checkpoint.config.get("intermediate_size") or 4 * hidden)
    of_token = ACTIVATIONS[0] * inner + ACTIVATIONS[1] * hidden
    return weights + width * of_token * TOKENS_PER_BATCH["cuda"] + CUDA_BYTES
