"""Different documents, different scores."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most
from harness.core.pairs import by_request
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Share of a query's pairs of different documents that may be tied. Measured on the embedded model and collection: 0 in
#: float32; in bfloat16, whose logits have eight bits, 0.5 %. A constant scorer ties all of them.
LIMIT = 0.05


@check(
    "score-distribution.distinct",
    "Different documents get different scores",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.ACTIVATE,
    phase=Phase.SPREAD,
    severity=Severity.CRITICAL,
    beside="says how many documents cannot be told apart",
)
def distinct(context: Context) -> Outcome:
    """Among the documents of one query, exact ties between different texts are rare."""
    scores = context.scores(context.judged_pairs)
    tied, total, example = 0, 0, ""
    for query, _, positions, documents in by_request(context.judged_pairs):
        answered = list(zip(scores[positions].tolist(), documents, strict=True))
        found = _tied(answered)
        tied, total = tied + found, total + _pairs(len(documents)) - sum(map(_pairs, Counter(documents).values()))
        if found and not example:
            a, b = next((a, b) for (x, a), (y, b) in combinations(answered, 2) if x == y and a != b)
            example = f"{query!r}: {a[:40]!r} and {b[:40]!r}"
    return at_most(
        tied / max(1, total),
        LIMIT,
        "share",
        f"{tied} of {total} pairs of different documents of a query have exactly the same score",
        evidence=f"{np.unique(scores).size} different scores among {scores.size} pairs"
        + (f"; first tie {example}" if example else ""),
        remedy="ties come from a sigmoid in half precision, rounding in the reply, or a document that never reaches "
        "the prompt; ask for raw logits and compare",
    )


def _tied(answered: list[tuple[float, str]]) -> int:
    """Pairs of one score and different texts: of one score, less those of one text too. NaN is equal to nothing."""
    numbers = [(score, text) for score, text in answered if not math.isnan(score)]
    alike = sum(map(_pairs, Counter(score for score, _ in numbers).values()))
    return alike - sum(map(_pairs, Counter(numbers).values()))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
