"""How many documents a request has."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, ask_alone
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Sizes on both sides of what servers split at: TEI's Candle backend takes 4 pairs on the CPU, its router 32 a request.
SIZES = (4, 5, 8, 32, 33)


@check(
    "invariants.batch-size",
    "A score does not depend on the size of the request",
    area=Area.ROBUSTNESS,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names the sizes of requests at which scores change",
)
def batch_size(context: Context) -> list[Outcome]:
    """A document is scored alike by itself and in requests of 4, 5, 8, 32 and 33 documents."""
    limit, source = tolerance(context)
    query = next(iter(context.collection.queries.values()))
    documents = list(dict.fromkeys(context.collection.documents.values()))[: max(SIZES)]
    alone = ask_alone(context, [Pair(query, document) for document in documents])
    sizes = [size for size in SIZES if size <= len(documents)]
    return [_outcome(context, (query, documents[:size]), alone, limit, source) for size in sizes]


def _outcome(context: Context, request: Request, alone: Scores, limit: float, source: str) -> Outcome:
    size = len(request[1])
    worst = float(distance(ask(context, request), alone[:size]).max())
    return at_most(
        worst,
        limit,
        "logit",
        f"among {size} documents a score differs by up to {worst:.2e} logit from that alone",
        evidence=f"the limit is {source}",
        remedy="scores are normalised over the batch, or padding changes them (see numerics.batched)",
        subject=f"{size} documents",
    )
