"""From what `bench` was asked for to the benchmark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from harness.benchmark.result import NAMES, Benchmark, Entry
from harness.core.documents import Kind, read_document
from harness.core.errors import UsageError
from harness.core.versions import version_of
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device, hardware

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

MAKE = "rerank-harness bench --json FILE"
#: Bytes that a benchmark may have: nine requests by four contenders in a thousand rounds have two million.
LARGEST = 5 * 2**20
#: What the time of a request depends on beside model and hardware.
PACKAGES = ("rerank-harness", "torch", "transformers", "tokenizers", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be timed; without names, every contender that can be had. `command` makes the benchmark again."""

    model: str = DEFAULT_MODEL
    device: str = "cpu"
    dtype: str | None = None
    documents: tuple[int, ...] = (1, 10, 100)
    lengths: tuple[int, ...] = (20, 100, 400)
    contenders: tuple[str, ...] = ()
    rounds: int = 8
    command: str = "rerank-harness bench"

    def validate(self) -> None:
        """UsageError for counts below one and for a device that is not here."""
        for name, values in (("documents", self.documents), ("lengths", self.lengths), ("rounds", (self.rounds,))):
            if not values or min(values) < 1:
                raise UsageError(f"--{name} {values}: expected numbers from 1 on")
        if reason := Device.parse(self.device).missing():
            raise UsageError(f"device {self.device} cannot be used: {reason}")


def benchmark(
    asked: Asked,
    on_start: Callable[[Benchmark], None] = lambda started: None,
    tell: Callable[[str], None] = lambda what: None,
) -> Benchmark:
    """Time every contender on every request; UsageError before anything is loaded where something is wrong.

    `on_start` is told what will be timed, still without entries; what it raises ends the benchmark before it begins.
    """
    from harness.benchmark.contenders import contenders
    from harness.benchmark.measure import entries, noise_of
    from harness.benchmark.workload import workload
    from harness.reference.loading import load_reranker

    asked.validate()
    if unknown := [name for name in asked.contenders if name not in NAMES]:
        raise UsageError(f"no contender {unknown[0]!r}; there are: {', '.join(NAMES)}")
    checkpoint = resolve_model(asked.model)
    device = Device.parse(asked.device)
    reranker = load_reranker(checkpoint, device, dtype=asked.dtype)
    chosen, missing = contenders(asked.contenders, reranker)
    started = _started(asked, checkpoint, reranker, missing)
    on_start(started)
    found: list[Entry] = []
    limit = max(noise_of(reranker, length).limit_logit for length in asked.lengths)
    for length, documents in product(asked.lengths, asked.documents):
        request = workload(reranker, documents, length)
        where = f"{documents} x {length} tokens"
        found += entries(reranker, chosen, request, asked.rounds, _prefixed(tell, where))
    return replace(started, limit_logit=limit, entries=tuple(found))


def _started(asked: Asked, checkpoint: Checkpoint, reranker: Reranker, missing: Sequence[str]) -> Benchmark:
    """What the timings depend on, before there are any."""
    import torch

    device = reranker.parts.device
    return Benchmark(
        model={"id": checkpoint.id, "digest": checkpoint.digest, "architecture": checkpoint.architecture},
        device=str(device), dtype=str(reranker.parts.precision.dtype).removeprefix("torch."),
        hardware=hardware(device), threads=torch.get_num_threads(),
        versions={name: version_of(name) for name in PACKAGES},
        date=datetime.now(UTC).isoformat(timespec="seconds"), command=asked.command, limit_logit=0.0, entries=(),
        missing=tuple(missing),
    )  # fmt: skip


def read_benchmark(path: Path) -> Benchmark:
    """An earlier run, from what `bench --json` wrote; UsageError where it is none."""
    return Benchmark.of_dict(read_document(path, Kind("benchmark", schema(), MAKE, LARGEST)))


def schema() -> dict[str, object]:
    """The JSON Schema of what `bench --json` writes."""
    text = (files("harness.benchmark") / "bench.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


def wrong(found: Benchmark) -> Iterator[str]:
    """Answers of this program's own ways that are beyond noise: a fast wrong answer is a failure."""
    for entry in found.entries:
        if entry.contender in ("reference", "one-by-one") and found.beyond_noise(entry):
            yield (
                f"{entry.contender}, {entry.documents} documents of {entry.length} tokens: a timed answer is "
                f"{entry.deviation_logit:.2e} logit from the scores one by one; {found.limit_logit:.2e} is noise"
            )


def _prefixed(tell: Callable[[str], None], where: str) -> Callable[[str], None]:
    return lambda what: tell(f"{where}: {what}")
