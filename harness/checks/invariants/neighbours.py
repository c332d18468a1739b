"""The other documents of a request."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, same_scores
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import TargetError
from harness.core.findings import Outcome, at_most, warns
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

SENTENCE = "an unrelated sentence about nothing in particular. "
#: Several times as long as the documents of the search, which have 25 words at most.
LONG = SENTENCE * 10
#: Longer than the context of the embedded models (1 024 tokens; this has 4 300) and than TEI's default of 512.
OVERLONG = SENTENCE * 240


@check(
    "invariants.neighbours",
    "A score does not depend on the other documents",
    area=Area.ROBUSTNESS,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names neighbours as what disturbs a score",
)
def neighbours(context: Context) -> Iterator[Outcome]:
    """Each document keeps its score when a long and an empty document join the request, and when one does that is
    longer than the context.
    """

    def again(request: Request) -> Scores:
        query, documents = request
        return ask(context, (query, [LONG, *documents, ""]))[1:-1]

    yield same_scores(
        context,
        again,
        "with a long and an empty neighbour scores move",
        "padding changes scores (side, pad id, mask, positions, where the answer is read), or scores are normalised "
        "over the request",
        least=1,
    )
    yield _beside_overlong(context)


def _beside_overlong(context: Context) -> Outcome:
    first = next(iter(context.collection.queries))
    query, documents = context.collection.queries[first], context.collection.texts(first)
    limit, source = tolerance(context)
    subject, remedy = "over-long", "cut each document to the context by itself, and never the request as a whole"
    alone = ask(context, (query, documents))
    try:
        beside = ask(context, (query, [*documents, OVERLONG]))[:-1]
    except TargetError as error:
        message = f"one over-long document takes the whole request with it: {error}"
        return warns(message, remedy=remedy, subject=subject)
    worst = float(distance(beside, alone).max())
    message = f"with an over-long neighbour scores move by up to {worst:.2e} logit"
    return at_most(worst, limit, "logit", message, evidence=f"the limit is {source}", remedy=remedy, subject=subject)
