"""The embedded model with a fault, as each kind of target that a fault can be met in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from harness.diagnosis.packs import Pack
from harness.engine.diagnosis import Model
from harness.engine.resolve import resolve_model
from harness.engine.serve import faulty_service
from harness.faults import plant
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.dialects import interfaces
from harness.serving.interface import Interface
from harness.serving.run import served
from harness.targets.http.connection import Connection
from harness.targets.http.dialect import Dialect, Option
from harness.targets.http.dialects import dialects
from harness.targets.http.target import HttpTarget
from harness.targets.protocol import Order, Target
from harness.targets.reference import ReferenceTarget

#: Faults of models that the usual one has no place for.
MODELS = {"head-from-embeddings": "tiny-untied"}
USUAL = "tiny-causal"


@dataclass(frozen=True)
class Subject:
    """One embedded model: healthy and precise to compare with, and as it is deployed."""

    name: str

    @cached_property
    def reference(self) -> Reranker:
        """What the model defines."""
        return load_reranker(resolve_model(self.name), Device("cpu"), dtype="float64")

    @cached_property
    def deployed(self) -> Reranker:
        """The model as a server would run it."""
        return load_reranker(resolve_model(self.name), Device("cpu"), dtype="float32")

    @cached_property
    def weights(self) -> Model:
        """The source of explanations; what was computed for one diagnosis is kept for the next."""
        from harness.diagnosis.noise import measured_noise
        from harness.diagnosis.weights import Weights

        source = Weights(self.reference, measured_noise(self.reference, Device("cpu")))
        return Model(source, self.reference.parts.checkpoint.max_length)

    @cached_property
    def pack(self) -> Model:
        """The same from an answer pack."""
        from harness.engine.packing import pack_of

        made: Pack = pack_of(self.name, "cpu", None)
        return Model(made, made.max_length)

    def planted(self, faults: Sequence[str]) -> Target:
        """The deployed model with faults, in this process."""
        return ReferenceTarget(plant(self.deployed, *faults))

    @contextmanager
    def served(self, faults: Sequence[str], dialect: str, connection: Connection | None = None) -> Iterator[HttpTarget]:
        """The deployed model with faults, behind a dialect."""
        service = faulty_service(self.deployed, self.name, dialect, faults, None)
        with served(service.application()) as url:
            target = HttpTarget.open(f"{dialect}+{url}", connection or Connection(), even_if_refusing=True)
            try:
                yield target
            finally:
                target.close()


def model_for(faults: Sequence[str]) -> str:
    """The embedded model that has a place for the faults."""
    return next((MODELS[fault] for fault in faults if fault in MODELS), USUAL)


def dialect_for(fault: str, place: int) -> str:
    """Dialects in turn, so that each meets its share of the faults; of those in which the fault can show."""
    names = sorted(name for name in interfaces() if _shows(fault, dialects()[name], interfaces()[name]))
    return names[place % len(names)]


def _shows(fault: str, dialect: Dialect, interface: type[Interface]) -> bool:
    """Whether a request of that dialect can ask for what the fault spoils."""
    if "instruction" in fault and fault.startswith(("instruction-dropped", "cache")):
        return Option.INSTRUCTION in dialect.options
    if fault.startswith("top-n"):
        return Option.TOP_N in dialect.options
    if fault == "ties-turned":
        return dialect.order is not Order.DESCENDING
    return fault != "lost-behind-32" or interface.batch_limit is None
