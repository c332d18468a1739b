"""What a Prometheus server would read."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.monitoring.counters import COUNTERS
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "monitoring.exposition",
    "Counters are exported in Prometheus' format",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE,),
    beside="looks at the exported text, which moves no score",
)
def exposition(context: Context) -> Outcome:
    """The exported text parses, and holds every counter of the reranker with its value, after a request."""
    assert context.target.reranker is not None
    metrics = context.target.reranker.metrics
    context.target.reranker.rerank("query", ["a", "b"])
    expected = {f"reranker_{counter}_total": metrics.value(counter) for counter in COUNTERS}
    try:
        found = samples(metrics.text())
    except ValueError as error:
        return holds(False, f"the exported text does not parse: {error}", evidence=metrics.text()[:200])
    wrong = {name: found.get(name) for name, value in expected.items() if found.get(name) != value}
    return holds(
        not wrong,
        f"{len(expected) - len(wrong)} of {len(expected)} counters are exported with their values",
        evidence=", ".join(f"{name}: {value}, expected {expected[name]}" for name, value in wrong.items()),
        remedy="write the registry that the counters are in, after the request has been counted",
    )


def samples(text: str) -> dict[str, float]:
    """Samples of a text in Prometheus' format by name; ValueError where it is none."""
    from prometheus_client.parser import text_string_to_metric_families

    return {s.name: s.value for metric in text_string_to_metric_families(text) for s in metric.samples}
