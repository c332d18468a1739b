"""From what `serve` was asked for to the application that it serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.core.errors import UsageError
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.faults import plant
from harness.faults.catalogue import catalogue
from harness.faults.reply import CHANGES, Change
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.app import Service
from harness.serving.dialects import interface
from harness.serving.faults import Replying, ServedFault
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
    """Ids of faults; those in one word are joined by `+`."""
    api_key_env: str | None = None
    stub: bool = False
    allow_pickles: bool = False


def open_service(serving: Serving) -> Service:
    """The service of that request; UsageError for a fault, a dialect, a device or a model that is not there."""
    faults = [fault for word in serving.faults for fault in word.split("+")]
    known = {*served_faults(), *catalogue()}
    if unknown := [fault for fault in faults if fault not in known]:
        raise UsageError(f"no fault {unknown[0]!r}; faults: {', '.join(sorted(known))}")
    key = Connection(api_key_env=serving.api_key_env).secret_headers().get("Authorization")
    key = None if key is None else key.removeprefix("Bearer ")
    if serving.stub:
        return _around(StubScorer(), serving.dialect, faults, key)
    return faulty_service(*_opened(serving), serving.dialect, faults, key)


def faulty_service(reranker: Reranker, model: str, dialect: str, faults: Sequence[str], key: str | None) -> Service:
    """The reranker behind a dialect, with faults: those of its replies and of the interface are planted in the service,
    all others in the reranker.
    """
    within = [fault for fault in faults if fault not in served_faults() and fault not in CHANGES]
    return _around(RerankerScorer(plant(reranker, *within), model), dialect, faults, key)


def _around(scorer: Scorer, dialect: str, faults: Sequence[str], key: str | None) -> Service:
    around = served_faults()
    replies = tuple(_ReplyFault(CHANGES[fault]) for fault in faults if fault in CHANGES)
    return Service(
        interface(dialect)(scorer), key, (*(around[fault]() for fault in faults if fault in around), *replies)
    )


class _ReplyFault(ServedFault):
    """A fault of the pipeline's replies, planted in a dialect's."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def reply(self, healthy: Replying) -> Replying:
        """The dialect's ranking, changed."""
        return self._change(healthy)


def _opened(serving: Serving) -> tuple[Reranker, str]:
    device = Device.parse(serving.device)
    if reason := device.missing():
        raise UsageError(f"device {serving.device} cannot be used: {reason}")
    checkpoint = resolve_model(serving.model or DEFAULT_MODEL, allow_pickles=serving.allow_pickles)
    return load_reranker(checkpoint, device, dtype=serving.dtype), checkpoint.id
