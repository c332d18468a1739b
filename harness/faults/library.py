"""How a fault is declared, found and planted."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from harness.core.errors import UsageError
from harness.core.vocabulary import Stage
from harness.reference.pipeline import Reranker, Stages

Variant = Callable[[Reranker], Stages]


@dataclass(frozen=True, slots=True)
class Fault:
    """One stage done wrong. `variant` returns the healthy stages with that one replaced."""

    stage: Stage
    id: str
    mechanism: str
    variant: Variant


_FAULTS: dict[str, Fault] = {}


def fault(stage: Stage, id: str) -> Callable[[Variant], Variant]:
    """Register the decorated function as a fault; its docstring is the mechanism."""

    def register(variant: Variant) -> Variant:
        _FAULTS[id] = Fault(stage, id, " ".join((variant.__doc__ or "").split()), variant)
        return variant

    return register


@cache
def all_faults() -> tuple[Fault, ...]:
    """Every fault, by stage and id."""
    import harness.faults as package

    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    order = {stage: n for n, stage in enumerate(Stage)}
    return tuple(sorted(_FAULTS.values(), key=lambda f: (order[f.stage], f.id)))


def find(fault_id: str) -> Fault:
    """The fault of that id; UsageError names the ones there are."""
    for candidate in all_faults():
        if candidate.id == fault_id:
            return candidate
    raise UsageError(f"no fault {fault_id!r}; faults: {', '.join(f.id for f in all_faults())}")


def plant(reranker: Reranker, *fault_ids: str) -> Reranker:
    """A reranker with those faults, planted one after the other; the healthy one stays as it was."""
    for fault_id in fault_ids:
        reranker = replace(reranker, stages=find(fault_id).variant(reranker))
    return reranker
