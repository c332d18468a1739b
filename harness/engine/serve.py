"""From what `serve` was asked for to the application that it serves."""

from __future__ import annotations

from dataclasses import dataclass

from harness.core.errors import UsageError
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.faults.library import all_faults, plant
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.serving.app import Service
from harness.serving.dialects import interface
from harness.serving.library import served_faults
from harness.serving.scoring import RerankerScorer, Scorer, StubScorer
from harness.targets.http.connection import Connection


@dataclass(frozen=True, slots=True)
class Serving:
    """What a user asked to be served, as words."""

    model: str | None = None
    dialect: str = "tei"
    device: str = "cpu"
    dtype: str | None = None
    faults: tuple[str, ...] = ()
    api_key_env: str | None = None
    stub: bool = False
    allow_pickles: bool = False


def open_service(serving: Serving) -> Service:
    """The service of that request; UsageError for a fault, a dialect, a device or a model that is not there."""
    around = served_faults()
    within = [fault for fault in serving.faults if fault not in around]
    _refuse_unknown(within, (*around, *(fault.id for fault in all_faults())))
    key = Connection(api_key_env=serving.api_key_env).secret_headers().get("Authorization")
    return Service(
        interface(serving.dialect)(_scorer(serving, within)),
        None if key is None else key.removeprefix("Bearer "),
        tuple(around[fault]() for fault in serving.faults if fault in around),
    )


def _scorer(serving: Serving, planted: list[str]) -> Scorer:
    if serving.stub:
        return StubScorer()
    device = Device.parse(serving.device)
    if reason := device.missing():
        raise UsageError(f"device {serving.device} cannot be used: {reason}")
    checkpoint = resolve_model(serving.model or DEFAULT_MODEL, allow_pickles=serving.allow_pickles)
    reranker = load_reranker(checkpoint, device, dtype=serving.dtype)
    return RerankerScorer(plant(reranker, *planted), checkpoint.id)


def _refuse_unknown(wanted: list[str], known: tuple[str, ...]) -> None:
    unknown = [fault for fault in wanted if fault not in known]
    if unknown:
        raise UsageError(f"no fault {unknown[0]!r}; faults: {', '.join(sorted(known))}")
