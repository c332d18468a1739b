"""The counters of answer-token detection."""

from __future__ import annotations

from contextlib import suppress

from harness.checks.context import Context
from harness.checks.monitoring.exposition import samples
from harness.checks.registry import Need, check
from harness.core.errors import UsageError
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.answers import DetectionCache
from harness.reference.families import family

#: What two detections of one tokenizer, and one for a family without answer tokens, come to.
EXPECTED = {"detections": 2, "cache_hits": 1, "failures": 1}


@check(
    "monitoring.detection",
    "Detections, cache hits and failures are counted",
    area=Area.MONITORING,
    stage=Stage.HEAD,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE, Need.CAUSAL),
    beside="looks at counters, which move no score",
)
def detection(context: Context) -> Outcome:
    """Detecting twice is one detection and one cache hit; a family without answer tokens is a failure. The exported
    text says so too.
    """
    assert context.target.reranker is not None
    parts, cache = context.target.reranker.parts, DetectionCache()
    for _ in range(2):
        cache(parts.encoder.tokenizer, parts.checkpoint.family, parts.checkpoint.declared_answers)
    with suppress(UsageError):
        cache(parts.encoder.tokenizer, family("cross-encoder"))
    exported = samples(cache.metrics.text())
    found = {
        counter: (int(cache.metrics.value(counter)), exported.get(f"answers_{counter}_total")) for counter in EXPECTED
    }
    return holds(
        all(found[counter] == (count, count) for counter, count in EXPECTED.items()),
        ", ".join(f"{counter} {count}" for counter, (count, _) in found.items()),
        evidence=f"expected {', '.join(f'{counter} {count}' for counter, count in EXPECTED.items())}; "
        f"exported {', '.join(f'{counter} {sample}' for counter, (_, sample) in found.items())}",
        remedy="count where the detection is made, and where it is looked up",
    )
