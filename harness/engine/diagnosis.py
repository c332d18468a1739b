"""From what `diagnose` was asked for to the diagnosis: by weights, by a pack, or by symptoms alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.core.errors import UsageError
from harness.diagnosis.diagnose import Doctor
from harness.diagnosis.packs import Pack
from harness.diagnosis.published import published_pack
from harness.diagnosis.result import Diagnosis
from harness.diagnosis.search import BEYOND_NOISE
from harness.diagnosis.sources import Source
from harness.diagnosis.unaided import diagnosed_by_symptoms
from harness.engine.setup import Request, load_reference
from harness.engine.targets import close_target, open_target
from harness.reference.devices import Device
from harness.targets.protocol import Target

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Tokens of a context that is not known.
SHORT_CONTEXT = 512


def diagnose(request: Request) -> Diagnosis:
    """Open the target, examine it and explain what it answers; UsageError and TargetError as in a verification."""
    with _model(request) as model:
        target = open_target(replace(request, even_if_refusing=True), lambda topic, message: None)
        try:
            return diagnosed(target, model, request.dtype)
        finally:
            close_target(target)


@dataclass(frozen=True)
class Model:
    """What a target is held against, and the tokens of its context."""

    source: Source
    max_length: int
    reference: Reranker | None = None
    """The pipeline to look into beside the target's, where there are weights."""


def diagnosed(target: Target, model: Model | None, dtype: str | None) -> Diagnosis:
    """The diagnosis of a target; by symptoms where there is no model to compare with."""
    if model is None:
        return diagnosed_by_symptoms(target, kind_of(target), SHORT_CONTEXT)
    doctor = Doctor(model.source, model.max_length, declared_dtype(target, dtype), kind_of(target))
    found = doctor.diagnose(target)
    if model.reference is None or target.reranker is None:
        return found
    from harness.diagnosis.inside import looked_into

    return looked_into(found, target, model.reference, BEYOND_NOISE * found.deviation.noise_floor_logit)


def diagnosis_of(request: Request) -> Callable[[Context], Diagnosis]:
    """The diagnosis of a verification's target, by what the verification holds it against."""

    def diagnose_context(context: Context) -> Diagnosis:
        if context.reference is None:
            with _model(replace(request, model=None) if request.pack is None else request) as model:
                return diagnosed(context.target, model, request.dtype)
        with by_weights(context.reference, context.device) as model:
            return diagnosed(context.target, model, request.dtype)

    return diagnose_context


@contextmanager
def by_weights(reference: Reranker, device: Device) -> Iterator[Model]:
    """The weights of the reference, with the noise of a healthy target on `device`."""
    from harness.diagnosis.noise import measured_noise
    from harness.diagnosis.weights import Weights

    source = Weights(reference, measured_noise(reference, device))
    try:
        yield Model(source, reference.parts.checkpoint.max_length, reference)
    finally:
        source.close()


@contextmanager
def _model(request: Request) -> Iterator[Model | None]:
    if request.answers is not None:
        yield _packed(request.answers)
        return
    published = _published(request)
    if published is not None:
        yield _packed(published)
        return
    if request.checkpoint is None:
        yield None
        return
    reference = load_reference(request.checkpoint)
    assert reference is not None
    with by_weights(reference, request.parsed_device) as model:
        yield model


def _packed(pack: Pack) -> Model:
    return Model(pack, pack.max_length)


def _published(request: Request) -> Pack | None:
    """Published answers of a model whose weights cannot be had; the UsageError goes on where there are none."""
    pack = None if request.model is None else published_pack(request.model)
    if pack is None or request.is_reference:
        return None
    try:
        request.checkpoint  # noqa: B018 - the weights are better, where they can be had
    except UsageError:
        return pack
    return None


def declared_dtype(target: Target, dtype: str | None) -> str | None:
    """What the target is meant to compute in: as the user says, or as a pipeline in this process does."""
    peer = target.reranker
    chosen = dtype or (None if peer is None else str(peer.parts.precision.dtype).removeprefix("torch."))
    return "float32" if chosen == "float64" else chosen


def kind_of(target: Target) -> str | None:
    """The dialect of a server, or the kind that the target's spec names."""
    return target.capabilities.dialect or target.spec.partition(":")[0]
