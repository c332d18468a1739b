"""The counters of answer-token detection."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.errors import UsageError
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.answers import DetectionCache
from harness.reference.families import family

COUNTERS = ("detections", "cache_hits", "failures")


@check(
    "monitoring.detection",
    "Detections, cache hits and failures are counted",
    area=Area.MONITORING,
    stage=Stage.HEAD,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE, Need.CAUSAL),
)
def detection(context: Context) -> Outcome:
    """Detecting twice is one detection and one cache hit; a family without answer tokens is a failure."""
    assert context.target.reranker is not None
    parts, cache = context.target.reranker.parts, DetectionCache()
    for _ in range(2):
        cache(parts.encoder.tokenizer, parts.checkpoint.family, parts.checkpoint.declared_answers)
    try:
        cache(parts.encoder.tokenizer, family("cross-encoder"))
        refused = False
    except UsageError:
        refused = True
    found = tuple(int(cache.metrics.value(counter)) for counter in COUNTERS)
    shown = ", ".join(f"{counter} {value}" for counter, value in zip(COUNTERS, found, strict=True))
    return holds(refused and found == (2, 1, 1), shown, evidence="expected detections 2, cache_hits 1, failures 1")
