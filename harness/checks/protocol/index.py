"""The index that ties a result to its document."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.protocol.asking import is_whole, sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask

SIZES = (1, 2, 7, 31)


@check(
    "protocol.index-permutation",
    "Each document is answered once",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.CONFIGURATION,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="says which documents were lost or doubled, where others only miss a score",
)
def index_permutation(context: Context) -> list[Outcome]:
    """The indices of an answer are a permutation of the documents' places, for requests of several sizes and for one
    in which every document is the same.
    """
    server = server_of(context)
    asks = {f"{size} documents": sample(context, size) for size in SIZES}
    first = sample(context, 1)
    asks["five times the same document"] = Ask(first.query, first.documents * 5)
    outcomes = []
    for name, ask in asks.items():
        wrong = is_whole(server, server.ask(ask), len(ask.documents))
        outcomes.append(
            holds(
                not wrong,
                f"{name}: {wrong or 'each answered once'}",
                evidence=told(server, server.call(ask)) if wrong else "",
                remedy="number the documents of the request, and carry that number with each of them",
                subject=name,
            )
        )
    return outcomes
