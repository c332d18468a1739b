"""The reranker's own counters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

COUNTERS = ("requests", "pairs", "truncated", "halved_batches")
Counts = tuple[int, ...]


@check(
    "monitoring.counters",
    "Counters move as they should",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE,),
    beside="looks at counters, which move no score",
)
def counters(context: Context) -> list[Outcome]:
    """A request counts once, each of its pairs once, and a truncated pair as such; nothing else moves."""
    assert context.target.reranker is not None
    long = "word " * (4 * context.target.reranker.parts.encoder.max_length)
    cases = {
        "two short documents": (["a", "b"], (1, 2, 0, 0)),
        "one of three documents too long": (["a", "b", long], (1, 3, 1, 0)),
        "no documents": ([], (0, 0, 0, 0)),
    }
    return [
        _compare(context.target.reranker, name, documents, expected) for name, (documents, expected) in cases.items()
    ]


def _compare(reranker: Reranker, name: str, documents: list[str], expected: Counts) -> Outcome:
    # a registry of its own, so that what others are counting meanwhile does not show
    counted = replace(reranker, metrics=replace(reranker.metrics, registry=CollectorRegistry()))
    counted.rerank("query", documents)
    moved = tuple(int(counted.metrics.value(counter)) for counter in COUNTERS)
    remedy = "a counter that does not move hides what it was made to show"
    return holds(
        moved == expected,
        f"{name}: {_shown(moved)}",
        evidence=f"expected {_shown(expected)}",
        remedy=remedy,
        subject=name,
    )


def _shown(counts: Counts) -> str:
    return ", ".join(f"{counter} {count}" for counter, count in zip(COUNTERS, counts, strict=True))
