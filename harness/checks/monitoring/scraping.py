"""What a server's `/metrics` says, and how it moves."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from harness.targets.http.dialect import Series
from harness.targets.http.exchange import Call, Exchange
from harness.targets.http.server import Server


@dataclass(frozen=True, slots=True)
class Scrape:
    """One reading of `/metrics`."""

    families: tuple[Metric, ...]

    def value(self, series: Series) -> float:
        """The sum of the samples of a series; 0 where there are none yet."""
        found = [
            sample.value
            for family in self.families
            for sample in family.samples
            if sample.name.removesuffix("_total") == series.name and series.labels.items() <= sample.labels.items()
        ]
        return float(sum(found))

    def buckets(self, histogram: str) -> dict[float, float]:
        """Upper bound → count of what is at most that, of a histogram, summed over its labels."""
        counts: dict[float, float] = {}
        for family in self.families:
            for sample in family.samples:
                if sample.name == f"{histogram}_bucket":
                    bound = float(sample.labels["le"])
                    counts[bound] = counts.get(bound, 0.0) + sample.value
        return counts


def fetch(server: Server) -> Exchange | None:
    """The answer of `/metrics`; None where the dialect has none, or the server does not have it on."""
    if server.dialect.metrics_path is None:
        return None
    exchange = server.client.send(Call("GET", server.dialect.metrics_path))
    return None if exchange.status in (404, 405, 501) else exchange


def scrape(server: Server) -> Scrape | None:
    """A reading; None where there is none to be had, or it does not parse."""
    exchange = fetch(server)
    if exchange is None or exchange.status != 200:
        return None
    try:
        return read(exchange)
    except ValueError:
        return None


def read(exchange: Exchange) -> Scrape:
    """The reading of an answer; ValueError says what is not in Prometheus' format."""
    text = exchange.content.decode("utf-8")
    return Scrape(tuple(text_string_to_metric_families(text)))
