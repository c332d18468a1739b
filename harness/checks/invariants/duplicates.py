"""The same document twice."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, same_scores
from harness.checks.registry import check
from harness.core.findings import Outcome
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "invariants.duplicates",
    "The same document twice gets one score",
    area=Area.ROBUSTNESS,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
)
def duplicates(context: Context) -> Outcome:
    """A document that occurs twice in a request is scored as it is when it occurs once, at both places."""

    def again(request: Request) -> Scores:
        query, documents = request
        doubled = ask(context, (query, documents + documents[:1]))
        doubled[0] = max(doubled[0], doubled[-1], key=lambda score: abs(score - ask(context, request)[0]))
        return doubled[:-1]

    return same_scores(
        context,
        again,
        "with a duplicate in the request scores move",
        "duplicates are merged, or scores are keyed by text and overwritten: key them by index",
    )
