"""The order of the documents."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask, permuted, same_scores
from harness.checks.registry import check
from harness.core.findings import Outcome
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "invariants.permutation",
    "The order of the documents moves no score",
    area=Area.ROBUSTNESS,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names the order of documents as what moves scores",
)
def permutation(context: Context) -> Outcome:
    """Each document keeps its score when the documents of a request are given in another order."""

    def again(request: Request) -> Scores:
        query, documents = request
        order = permuted(len(documents))
        moved = ask(context, (query, [documents[i] for i in order]))
        return moved[np.argsort(order)]

    return same_scores(
        context,
        again,
        "in another order the documents' scores move",
        "scores are attached to other documents: map results back by their index, never by position",
    )
