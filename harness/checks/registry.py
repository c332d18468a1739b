"""How a check is declared and found: adding one touches one new file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from harness.core.errors import UsageError
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Phase, Severity, Stage

if TYPE_CHECKING:
    from harness.checks.context import Context

Body = Callable[["Context"], Iterable[Outcome] | Outcome]


class Need(StrEnum):
    """What a check cannot do without; the engine marks it not verified where that is missing."""

    CHECKPOINT = "a checkpoint (--model)"
    ANSWERS = "reference answers: a checkpoint (--model) or a pack of its answers (--pack)"
    REFERENCE = "the reference, computed from a checkpoint (--model)"
    PIPELINE = "a target that runs in this process, so that its stages can be looked into"
    CAUSAL = "a causal checkpoint scored by its answer tokens"
    TEMPLATE = "a model family with a prompt template"
    SERVER = "a target that is a server"
    SOURCE = "the sources of the serving project (--source)"


@dataclass(frozen=True, slots=True)
class Check:
    """One property, one id. `promise` is what a pass claims, from the docstring of the check's function."""

    id: str
    title: str
    promise: str
    area: Area
    stage: Stage
    phase: Phase
    severity: Severity
    needs: tuple[Need, ...]
    body: Body
    beside: str = ""
    """Why it is there where other checks see whatever it sees (reports/kills.md says whether they do)."""


_CHECKS: dict[str, Check] = {}


def check(
    id: str,
    title: str,
    *,
    area: Area,
    stage: Stage,
    phase: Phase,
    severity: Severity = Severity.MAJOR,
    needs: tuple[Need, ...] = (),
    beside: str = "",
) -> Callable[[Body], Body]:
    """Register the decorated function as the body of a check; its docstring is the check's promise."""

    def register(body: Body) -> Body:
        if id in _CHECKS and _CHECKS[id].body.__module__ != body.__module__:
            raise ValueError(f"two checks are called {id!r}: {_CHECKS[id].body.__module__} and {body.__module__}")
        promise = " ".join((body.__doc__ or "").split())
        _CHECKS[id] = Check(id, title, promise, area, stage, phase, severity, needs, body, beside)
        return body

    return register


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of the package, in the order in which they run."""
    import harness.checks as package

    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    order = {phase: n for n, phase in enumerate(Phase)}
    return tuple(sorted(_CHECKS.values(), key=lambda c: (order[c.phase], c.id)))


def planned_checks(*, with_source: bool) -> tuple[Check, ...]:
    """Every check that a verification makes unless it is told which: those of sources only where there are some."""
    return tuple(check for check in all_checks() if with_source or Need.SOURCE not in check.needs)


def find(check_id: str) -> Check:
    """The check of that id; UsageError names what there is in its area."""
    for candidate in all_checks():
        if candidate.id == check_id:
            return candidate
    raise UsageError(f"no check {check_id!r}; checks: {', '.join(c.id for c in all_checks())}")
