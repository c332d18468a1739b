"""The same document twice."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, never_violated
from harness.checks.registry import check
from harness.checks.tolerance import distance
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "invariants.duplicates",
    "The same document twice gets one score",
    area=Area.ROBUSTNESS,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    beside="sees caches and merges of equal texts, which no other request holds",
)
def duplicates(context: Context) -> Outcome:
    """A document that occurs twice in a request is scored as it is when it occurs once, at both places."""

    def violation(request: Request) -> float:
        query, documents = request
        once = ask(context, request)
        twice = ask(context, (query, [*documents, documents[0]]))
        return float(distance(twice, np.append(once, once[0])).max())

    return never_violated(
        context,
        violation,
        "with a duplicate in the request scores move",
        "duplicates are merged, or scores are keyed by text and overwritten: key them by index",
        least=1,
    )
