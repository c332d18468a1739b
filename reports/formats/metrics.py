"""metrics.prom: the run for Prometheus, in the text format that node_exporter's textfile collector reads."""

from __future__ import annotations

import math

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Verdict
from reports.tables import counted
from reports.text import brief, epoch

NAME = "metrics.prom"
_PREFIX = "rerank_harness_"
#: A unit of findings → how names end, and its size in base units (https://prometheus.io/docs/practices/naming). Units
#: that have no place here are a label, so that the names of metrics are ours alone.
_UNITS = {
    "s": ("_seconds", 1.0), "ms": ("_seconds", 1e-3), "bytes": ("_bytes", 1.0), "MiB": ("_bytes", 2.0**20),
    "GiB": ("_bytes", 2.0**30), "share": ("_ratio", 1.0), "%": ("_ratio", 1e-2), "logit": ("_logits", 1.0),
    "pairs/s": ("_pairs_per_second", 1.0), "tokens/s": ("_tokens_per_second", 1.0),
}  # fmt: skip


def render(run: Run) -> str:
    """The run as gauges, each labelled with target, model and device; figures in base units, without timestamps: the
    time of a sample is that of the scrape, and the run's own times are metrics.
    """
    metrics = _Metrics(run)
    for verdict in Verdict:
        metrics.set("verdict", "1 for the verdict of the run.", run.verdict is verdict, verdict=verdict.value)
    for area in Area:
        for status, count in counted(f for f in run.findings if f.area is area).items():
            metrics.set("findings", "Findings by area and status.", count, area=area.value, status=status)
    for finding in run.findings:
        _figures(metrics, finding)
    _durations(metrics, run)
    return generate_latest(metrics.registry).decode()


class _Metrics:
    """Gauges by name, made when they are first set."""

    def __init__(self, run: Run) -> None:
        self.registry = CollectorRegistry()
        self._gauges: dict[str, Gauge] = {}
        named = {"target": run.started.target.get("spec"), "model": run.started.model.get("id"), "device": run.device}
        self._common = {name: _label(value) for name, value in named.items()}

    def set(self, name: str, help: str, value: float, **labels: str) -> None:
        """Set the gauge of that name for those labels."""
        given = self._common | {label: _label(text) for label, text in labels.items()}
        if name not in self._gauges:
            self._gauges[name] = Gauge(_PREFIX + name, help, list(given), registry=self.registry)
        self._gauges[name].labels(**given).set(value)


def _figures(metrics: _Metrics, finding: Finding) -> None:
    ending, size = _UNITS.get(finding.unit, ("", 1.0))
    labels = {"area": finding.area.value, "check": finding.check, "subject": finding.subject}
    if not ending:
        labels["unit"] = finding.unit
    for figure, value in (("value", finding.value), ("limit", finding.limit), ("margin", finding.margin)):
        if value is not None and not math.isnan(value):
            told = f"The {figure} of findings that are numbers."
            metrics.set(f"finding_{figure}{ending}", told, value * size, **labels)


def _durations(metrics: _Metrics, run: Run) -> None:
    seconds: dict[str, float] = {}
    for finding in run.findings:
        seconds[finding.check] = seconds.get(finding.check, 0.0) + finding.seconds
    for check, taken in seconds.items():
        metrics.set("check_duration_seconds", "Time that a check took.", taken, check=check)
    begun, ended = epoch(run.started.started), epoch(run.finished)
    if begun is not None:
        metrics.set("run_start_timestamp_seconds", "When the run started, since 1970.", begun)
    if ended is not None:
        metrics.set("run_end_timestamp_seconds", "When the run came to its end, since 1970.", ended)
    if begun is not None and ended is not None:
        metrics.set("run_duration_seconds", "Time from the start of the run to its end.", ended - begun)


def _label(value: object) -> str:
    return "" if value is None else brief(str(value), 200)
