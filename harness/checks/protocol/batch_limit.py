"""More documents than one request may hold."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.protocol.asking import attempt, is_whole, patience, sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask, Misuse

#: Documents of a request that is to be answered, at most: more than three batches of 32, which many use inside.
MANY = 100
SHORT = "A short text, number {}."


@check(
    "protocol.batch-limit",
    "More documents than the limit are refused, never lost",
    area=Area.PROTOCOL,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="asks at the limit that the server declares, where documents are lost with status 200",
)
def batch_limit(context: Context) -> list[Outcome]:
    """As many documents as the server declares, up to 100, are all answered. One more than declared is refused as the
    dialect documents, or all of them are answered: never status 200 with documents missing.
    """
    server = server_of(context)
    limit = server.batch_limit
    full = _many(context, min(limit or MANY, MANY))
    wait = patience(server, sample(context)) + patience(server, full)
    outcomes = [_outcome(context, full, wait, frozenset({200}), f"{len(full.documents)} documents")]
    if limit is not None:
        over = _many(context, limit + 1)
        documented = server.dialect.statuses(Misuse.TOO_MANY)
        outcomes.append(_outcome(context, over, wait, documented | {200}, f"{limit + 1} documents, one over the limit"))
    return outcomes


def _many(context: Context, count: int) -> Ask:
    return Ask(sample(context).query, tuple(SHORT.format(n) for n in range(count)))


def _outcome(context: Context, ask: Ask, wait: float, allowed: frozenset[int], name: str) -> Outcome:
    server = server_of(context)
    call = server.call(ask)
    tried = attempt(server, call, wait)
    if tried.exchange is None:
        wrong = tried.problem
    elif tried.exchange.status not in allowed:
        wrong = f"status {tried.exchange.status}, documented {', '.join(map(str, sorted(allowed)))}"
    else:
        wrong = is_whole(server, tried.exchange, len(ask.documents)) if tried.exchange.status == 200 else ""
    status = "" if tried.exchange is None else f"status {tried.exchange.status}"
    return holds(
        not wrong,
        f"{name}: {wrong or status}",
        evidence=told(server, call) if wrong else "",
        remedy="documents that are dropped without a word are lost to whoever asked: refuse the request, or batch it",
        subject=name,
    )
