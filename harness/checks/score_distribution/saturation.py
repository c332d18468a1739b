"""Probabilities that have run into 0 or 1, or onto the grid of a half-precision format."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_least, at_most, not_applicable
from harness.core.pairs import by_request
from harness.core.scores import Scale, Scores
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.bits import significant_bits

#: float16 has 11 bits of significand, bfloat16 has 8: more than these and the scores were not rounded to either.
HALF_BITS = 11
#: With fewer distinct values that all of them fit the grid could be chance.
ENOUGH = 16


@check(
    "score-distribution.saturation",
    "Probabilities are not saturated",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.ACTIVATE,
    phase=Phase.SPREAD,
)
def saturation(context: Context) -> list[Outcome]:
    """No query has several documents at exactly 0 or exactly 1, where their order is lost, and the scores need more
    bits than a half-precision format has.
    """
    if context.target.capabilities.scale is not Scale.PROBABILITY:
        return [not_applicable("log-odds do not saturate")]
    scores = context.scores(context.judged_pairs)
    return [_ends(context, scores), _grid(scores)]


def _ends(context: Context, scores: Scores) -> Outcome:
    lost = [
        query
        for query, _, positions, _ in by_request(context.judged_pairs)
        if max(np.count_nonzero(scores[positions] == end) for end in (0.0, 1.0)) > 1
    ]
    return at_most(
        len(lost),
        0,
        "queries",
        f"{len(lost)} queries have several documents at exactly 0 or 1",
        evidence=f"{np.count_nonzero(scores == 0)} scores are 0, {np.count_nonzero(scores == 1)} are 1"
        + (f"; first query {lost[0]!r}" if lost else ""),
        remedy="evaluate the sigmoid in float32 or float64, or rank by raw logits",
        subject="ends",
    )


def _grid(scores: Scores) -> Outcome:
    inside = np.unique(scores[(scores > 0) & (scores < 1)])
    if inside.size < ENOUGH:
        return not_applicable(f"{inside.size} distinct scores are too few for a census of bits", subject="grid")
    # a server that writes the shortest decimals of a float32 puts half-precision values beside their grid in float64
    bits = significant_bits(inside.astype(np.float32).astype(np.float64))
    return at_least(
        bits,
        HALF_BITS + 1,
        "bits",
        f"the scores need {bits} bits of significand",
        evidence=f"{inside.size} distinct scores; bfloat16 has 8 bits, float16 has 11",
        remedy="the probability is rounded to half precision, which ties the best documents: compute it in float32",
        subject="grid",
    )
