"""From what was asked for to what is needed: target, checkpoint, reference, collection and environment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fixtures.collections import Judged, of_pairs
from harness.audit import Sources
from harness.calibration.reading import read_calibration
from harness.checks.context import Context
from harness.checks.known import KnownAnswers
from harness.checks.profiles import profile
from harness.core.errors import UsageError
from harness.core.events import Event, Noted
from harness.core.pairs import Pair
from harness.diagnosis.packs import Pack, read_pack
from harness.engine.audit import vocabulary_of
from harness.engine.calibration import limits_of
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.engine.targets import open_target
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device
from harness.reference.families import Template, family
from harness.targets.http.connection import Connection
from harness.targets.protocol import Target

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Up to this many bytes of weights the reference computes in float64: exact enough to be nobody's error, and quick.
AFFORDABLE_IN_FLOAT64 = 64 * 2**20


@dataclass(frozen=True)
class Request:
    """What a user asked for, as words."""

    target: str = "reference"
    model: str | None = None
    device: str = "cpu"
    profile: str = "ci"
    collection: str | None = None
    dtype: str | None = None
    require_device: bool = False
    allow_pickles: bool = False
    connection: Connection = field(default_factory=Connection)
    applies_prompt: bool = True
    """Whether the target puts plain texts into the model's prompt; otherwise they are sent in it."""
    pack: Path | None = None
    """An answer pack in place of weights."""
    even_if_refusing: bool = False
    """Whether a server that refuses a first request is opened all the same."""
    calibration: Path | None = None
    """A calibration file, whose measured tolerances are the limits."""
    source: Path | None = None
    """A checkout of the serving project, to be audited."""
    record: Path | None = None
    """Where what the target answers is written, for `recorded:`."""
    goes_on: bool = False
    """Whether the run that this was asked for began in an earlier process."""
    given_target: Target | None = None
    """A target object handed in by a test run; `target` is then only its name."""

    @cached_property
    def parsed_device(self) -> Device:
        """The device; UsageError if there is no such kind."""
        return Device.parse(self.device)

    @cached_property
    def checkpoint(self) -> Checkpoint | None:
        """The model that the target is meant to serve. Only the target `reference` has a default."""
        name = self.model or (DEFAULT_MODEL if self.is_reference and self.pack is None else None)
        return None if name is None else resolve_model(name, allow_pickles=self.allow_pickles)

    @property
    def template(self) -> Template | None:
        """The prompt of the model's family, where there is a model and its family has one."""
        if self.answers is not None:
            return family(str(self.answers.model["family"])).template
        return None if self.checkpoint is None else self.checkpoint.family.template

    @property
    def is_reference(self) -> bool:
        """Whether the reference itself is under verification."""
        return self.given_target is None and self.target == "reference"

    @cached_property
    def answers(self) -> Pack | None:
        """The answer pack that was named; UsageError where it cannot be read."""
        if self.pack is None:
            return None
        if self.model is not None:
            raise UsageError("--pack takes the place of --model: name one of them")
        if self.is_reference:
            raise UsageError("--pack compares a target with a model's answers; name the target with --target")
        return read_pack(self.pack)

    @cached_property
    def judged(self) -> Judged:
        """The collection: the embedded one, or a BEIR folder."""
        from fixtures.collections import load_beir, load_judged

        return load_judged() if self.collection is None else load_beir(Path(self.collection))


def prepare(request: Request, emit: Callable[[Event], None]) -> Context | None:
    """Validate and load everything; None where the device is missing, on which nothing can be loaded."""
    profile(request.profile)
    if request.parsed_device.missing() is None:
        return build_context(request, emit)
    request.checkpoint, request.judged  # noqa: B018 - read, so that a mistake in them is told all the same
    if request.calibration is not None:
        read_calibration(request.calibration)
    return None


def build_context(request: Request, emit: Callable[[Event], None]) -> Context:
    """Load everything; UsageError for whatever is missing or broken."""

    def note(topic: str, message: str) -> None:
        emit(Noted(topic, message))

    target = open_target(request, note)
    context = Context(
        target=target, device=request.parsed_device, profile=profile(request.profile),
        collection=askable(request.judged, target),
        checkpoint=request.checkpoint, reference=load_reference(request.checkpoint), known=known_answers(request),
        emit=emit, dtype=request.dtype, sources=sources_of(request),
    )  # fmt: skip
    context.limits = limits_of(request, lambda: context.working_dtype)
    return context


def sources_of(request: Request) -> Sources | None:
    """The sources that were named, held against the vocabulary of the model that was, or the real one of Qwen3."""
    return None if request.source is None else Sources(request.source, vocabulary_of(request.model))


def askable(judged: Judged, target: Target) -> Judged:
    """The collection, or what a recording holds where it cannot be asked for all of the collection."""
    recorded: Sequence[Pair] | None = getattr(target, "pairs", None)
    if recorded is None or set(judged.pairs()) <= set(recorded):
        return judged
    return of_pairs(recorded, judged)


def known_answers(request: Request) -> KnownAnswers | None:
    """What a pack holds, for checks."""
    pack = request.answers
    if pack is None:
        return None
    noise, movement = pack.tolerance["noise_logit"], pack.tolerance["movement_logit"]
    return KnownAnswers(pack.reference, noise, movement, "the answer pack")


def load_reference(checkpoint: Checkpoint | None) -> Reranker | None:
    """What the target is held against: on the CPU, in float64 where that is affordable, else in float32."""
    if checkpoint is None:
        return None
    from harness.reference.loading import load_reranker

    return load_reranker(checkpoint, Device("cpu"), dtype=reference_dtype(checkpoint))


def reference_dtype(checkpoint: Checkpoint) -> str:
    """float64 where that is affordable, else float32."""
    return "float64" if checkpoint.weight_bytes <= AFFORDABLE_IN_FLOAT64 else "float32"
