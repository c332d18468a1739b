"""Finite numbers."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "score-distribution.finite",
    "Every score is a finite number",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.FORWARD,
    phase=Phase.FINITE,
    severity=Severity.CRITICAL,
    beside="comes first: what is no number takes the meaning from the others",
)
def finite(context: Context) -> Outcome:
    """No pair of the judged collection is scored NaN or infinite."""
    scores = context.scores(context.judged_pairs)
    wrong = np.flatnonzero(~np.isfinite(scores))
    first = context.judged_pairs[int(wrong[0])] if wrong.size else None
    return at_most(
        wrong.size,
        0,
        "scores",
        f"{wrong.size} of {scores.size} scores are not finite",
        evidence="" if first is None else f"first: {scores[wrong[0]]} for {first.query!r} / {first.document[:60]!r}",
        remedy="NaN comes from a kernel, a fully masked row or half precision that overflows: compare with float32 on "
        "the CPU; do not replace NaN by a number, which ranks at random",
    )
