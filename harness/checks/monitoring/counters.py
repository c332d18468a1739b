"""The reranker's own counters."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.metrics import Metrics
from harness.reference.pipeline import Reranker

COUNTERS = ("requests", "pairs", "truncated", "halved_batches")


@check(
    "monitoring.counters",
    "Counters move as they should",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE,),
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


@check(
    "monitoring.exposition",
    "Counters are exported in Prometheus' format",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE,),
)
def exposition(context: Context) -> Outcome:
    """The exported text parses, and holds every counter of the reranker."""
    from prometheus_client.parser import text_string_to_metric_families

    assert context.target.reranker is not None
    families = {f.name for f in text_string_to_metric_families(context.target.reranker.metrics.text())}
    missing = {f"reranker_{name}" for name in COUNTERS} - families
    return holds(
        not missing, f"{len(families)} counters are exported, {len(missing)} are missing", evidence=str(missing)
    )


def _compare(reranker: Reranker, name: str, documents: list[str], expected: tuple[int, ...]) -> Outcome:
    counted = replace(reranker, metrics=Metrics())
    counted.rerank("query", documents)
    found = tuple(int(counted.metrics.value(counter)) for counter in COUNTERS)
    shown = ", ".join(f"{counter} {value}" for counter, value in zip(COUNTERS, found, strict=True))
    wanted = ", ".join(f"{counter} {value}" for counter, value in zip(COUNTERS, expected, strict=True))
    remedy = "a counter that does not move hides what it was made to show"
    return holds(found == expected, f"{name}: {shown}", evidence=f"expected {wanted}", remedy=remedy, subject=name)
