"""How a fault is declared, found and planted."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from harness.core.errors import UsageError
from harness.core.vocabulary import Stage
from harness.faults.catalogue import Entry, catalogue
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

    Variant = Callable[[Reranker], Stages]


@dataclass(frozen=True, slots=True)
class Fault:
    """One stage done wrong. `variant` returns the stages of a reranker with that one replaced, or as they are where
    the model has no place for the fault.
    """

    stage: Stage
    id: str
    mechanism: str
    variant: Variant

    @property
    def about(self) -> Entry:
        """What the catalogue says of it."""
        return catalogue()[self.id]


_FAULTS: dict[str, Fault] = {}
_ORDER = {stage: place for place, stage in enumerate(Stage)}


def fault(stage: Stage, id: str) -> Callable[[Variant], Variant]:
    """Register the decorated function as a fault; its docstring is the mechanism."""

    def register(variant: Variant) -> Variant:
        _FAULTS[id] = Fault(stage, id, " ".join((variant.__doc__ or "").split()), variant)
        return variant

    return register


@cache
def all_faults() -> tuple[Fault, ...]:
    """Every fault, by stage and id."""
    return faults_of(Stage)


def faults_of(stages: Iterable[Stage]) -> tuple[Fault, ...]:
    """The faults of those stages; only their modules are imported, and those of the last three need no torch."""
    wanted = set(stages)
    for stage in wanted:
        importlib.import_module(f"harness.faults.{stage}")
    found = (fault for fault in _FAULTS.values() if fault.stage in wanted)
    return tuple(sorted(found, key=lambda fault: (_ORDER[fault.stage], fault.id)))


def find(fault_id: str) -> Fault:
    """The fault of that id; UsageError names the ones there are."""
    entry = catalogue().get(fault_id)
    for candidate in faults_of([entry.stage]) if entry else ():
        if candidate.id == fault_id:
            return candidate
    raise UsageError(f"no fault {fault_id!r}; faults: {', '.join(catalogue())}")


def plant(reranker: Reranker, *fault_ids: str) -> Reranker:
    """A reranker with those faults, the last stage's first, since what answers a request as a whole ends with the reply
    that it finds; the healthy one stays as it was. Batches are padded freely, as deployments pad them.
    """
    for fault in sorted(map(find, fault_ids), key=lambda fault: -_ORDER[fault.stage]):
        reranker = replace(reranker, stages=fault.variant(reranker), most_padding=1.0)
    return reranker
