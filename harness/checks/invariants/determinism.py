"""The same request again."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "invariants.determinism",
    "The same request gets the same answer",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    beside="tells a target that moves by itself from one that others disturb",
)
def determinism(context: Context) -> Outcome:
    """A request that is repeated, at once and with other requests in between, is answered with the same scores."""
    judged = context.collection
    first, *others = ((judged.queries[q], judged.texts(q)) for q in list(judged.queries)[: context.profile.repeats + 1])
    answers = [ask(context, first) for _ in range(context.profile.repeats)]
    for other in others:
        ask(context, other)
        answers.append(ask(context, first))
    spread = float(distance(np.max(answers, axis=0), np.min(answers, axis=0)).max())
    return at_most(
        spread,
        tolerance(context)[0],
        "logit",
        f"{len(answers)} answers to one request differ by up to {spread:.2e} logit",
        evidence=f"query {first[0]!r}, {len(first[1])} documents, {len(others)} other requests in between",
        remedy="state is left between requests (a cache, a counter, a random head), or kernels are not deterministic",
    )
