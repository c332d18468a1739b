"""A server's `/metrics`: whether a scraper can read it."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.monitoring.scraping import fetch, read
from harness.checks.protocol.asking import server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Prometheus' own format and OpenMetrics.
TYPES = ("text/plain", "application/openmetrics-text")


@check(
    "monitoring.server-metrics",
    "The server's metrics can be read",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
)
def server_metrics(context: Context) -> Outcome:
    """`/metrics` answers with text in Prometheus' format, says so in its content type, and holds samples."""
    server = server_of(context)
    exchange = fetch(server)
    if exchange is None:
        return not_applicable("the server has no metrics")
    kind = exchange.headers.get("content-type", "").partition(";")[0].strip()
    try:
        samples, problem = sum(len(family.samples) for family in read(exchange).families), ""
    except ValueError as error:
        samples, problem = 0, f"the text does not parse: {error}"[:200]
    sound = exchange.status == 200 and kind in TYPES and samples > 0
    return holds(
        sound,
        problem or f"status {exchange.status}, {kind or 'no content type'}, {samples} samples",
        evidence="" if sound else told(server, exchange.call, exchange.shown()),
        remedy="a scraper drops what it cannot read, and nobody is told: write the metrics with a library",
    )
