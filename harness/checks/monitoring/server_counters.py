"""A server's counters: whether they move by what was sent."""

from __future__ import annotations

from collections.abc import Callable

from harness.checks.context import Context
from harness.checks.monitoring.scraping import scrape
from harness.checks.protocol.asking import sample, server_of
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask, Series
from harness.targets.http.server import Server

REQUESTS = 5


@check(
    "monitoring.server-counters",
    "The server's counters move by what was sent",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
)
def server_counters(context: Context) -> list[Outcome]:
    """Five requests that are answered count as five that were answered, and five that are refused as five that were
    refused and none that was answered. Requests of others in the meantime would show here too.
    """
    server, ask = server_of(context), sample(context, 2)
    refused = server.call(Ask(ask.query, ()))
    return [
        _moved(server, "answered requests", lambda: server.ask(ask), REQUESTS, 0),
        _moved(server, "refused requests", lambda: server.send(refused), 0, REQUESTS),
    ]


def _moved(server: Server, name: str, send: Callable[[], object], answered: int, refused: int) -> Outcome:
    before = scrape(server)
    counted = {"answered": (server.dialect.answered, answered), "refused": (server.dialect.refused, refused)}
    known: dict[str, tuple[Series, int]] = {n: (s, e) for n, (s, e) in counted.items() if s is not None}
    if before is None or not known:
        return not_applicable("the server has no metrics that count requests", subject=name)
    for _ in range(REQUESTS):
        send()
    after = scrape(server)
    moved = {
        n: after.value(series) - before.value(series) if after else float("nan") for n, (series, _) in known.items()
    }
    wrong = {n: value for n, value in moved.items() if value != known[n][1]}
    told = ", ".join(f"{n} by {value:g}, expected {known[n][1]}" for n, value in (wrong or moved).items())
    return holds(
        not wrong,
        f"{REQUESTS} {name} move {told}",
        evidence=", ".join(f"{n}: {series.name} {dict(series.labels)}" for n, (series, _) in known.items()),
        remedy="an alert on a counter that does not move, or counts errors as answers, never comes",
        subject=name,
    )
