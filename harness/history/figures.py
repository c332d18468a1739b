"""The figures of a run that are worth following from night to night."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.statistics.metrics import METRICS
from harness.statistics.recorded import query_results
from harness.statistics.summary import QueryResult

#: Units of measured figures that are no property of the collection: deviations, speed, memory.
_FOLLOWED = ("logit", "ms", "s", "pairs/s", "tokens/s", "MiB")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a run, None where it has none. `slice` is "" for all queries, else e.g. "language=de"."""

    name: str
    slice: str
    value: float | None
    unit: str


def figures_of(run: Run) -> list[Figure]:
    """Quality by metric and slice, samples by their median, what findings measured, and counts by status. Names are
    paths: "quality/ndcg@10", "samples/latency", "numerics.values", "count/pass".
    """
    found = [*_quality(run), *_samples(run), *_findings(run), *_counts(run)]
    return list({(figure.name, figure.slice): figure for figure in found}.values())


def _quality(run: Run) -> Iterator[Figure]:
    results = query_results(run)
    slices = sorted({f"{key}={value}" for result in results for key, value in result.slices.items()})
    for part in ("", *slices):
        chosen = [result for result in results if not part or part in _slices(result)]
        for name in METRICS:
            values = [result.metrics[name] for result in chosen if name in result.metrics]
            if values:
                yield Figure(f"quality/{name}", part, math.fsum(values) / len(values), "")


def _slices(result: QueryResult) -> set[str]:
    return {f"{key}={value}" for key, value in result.slices.items()}


def _samples(run: Run) -> Iterator[Figure]:
    for recorded in run.samples:
        if recorded.take == 0 and recorded.values:
            yield Figure(f"samples/{recorded.id}", "", float(np.median(recorded.values)), recorded.unit)


def _findings(run: Run) -> Iterator[Figure]:
    for finding in run.findings:
        if finding.unit in _FOLLOWED and finding.value is not None:
            yield Figure(_name(finding), "", finding.value if math.isfinite(finding.value) else None, finding.unit)


def _name(finding: Finding) -> str:
    return f"{finding.check}/{finding.subject}" if finding.subject else finding.check


def _counts(run: Run) -> Iterator[Figure]:
    for status in Status:
        count = sum(finding.status is status for finding in run.findings)
        yield Figure(f"count/{status}", "", float(count), "findings")
