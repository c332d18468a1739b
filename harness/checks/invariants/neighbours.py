"""The other documents of a request."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, same_scores
from harness.checks.registry import check
from harness.core.findings import Outcome
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

LONG = "an unrelated sentence about nothing in particular. " * 60


@check(
    "invariants.neighbours",
    "A score does not depend on the other documents",
    area=Area.ROBUSTNESS,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
)
def neighbours(context: Context) -> Outcome:
    """Each document keeps its score when a very long and an empty document join the request."""

    def again(request: Request) -> Scores:
        query, documents = request
        return ask(context, (query, [LONG, *documents, ""]))[1:-1]

    return same_scores(
        context,
        again,
        "with a long and an empty neighbour scores move",
        "padding changes scores (side, pad id, mask, positions, where the answer is read), or scores are normalised "
        "over the request",
        least=1,
    )
