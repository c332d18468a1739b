"""More irrelevant text does not make a document relevant."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.extremes import finite_logits
from harness.checks.lengths import refused_as_too_long
from harness.checks.registry import check
from harness.core.errors import Refused
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

FILLER = "The committee met in the afternoon and agreed to meet again in spring. "
#: Multiples of the filler sentence, up to what a context of 1 024 tokens holds.
LENGTHS = (1, 4, 16, 48)
#: Share of the gap between relevant and irrelevant documents that filler may win. At one half, text unrelated
#: to the query would be ranked in the middle between relevant and irrelevant documents.
LIMIT = 0.5


@check(
    "invariants.irrelevant-length",
    "Irrelevant length does not raise a score",
    area=Area.ROBUSTNESS,
    stage=Stage.FORWARD,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    beside="names length as what is rewarded",
)
def irrelevant_length(context: Context) -> Outcome:
    """In the median query, a document of nothing but filler wins at most half of the gap between the mean relevant and
    the mean irrelevant document, at every length up to a few hundred words.
    """
    judged = context.collection
    logits = finite_logits(context, context.judged_pairs)
    grades = np.array([g for query in judged.queries for g in judged.grades(query)])
    if not ((grades > 1).any() and (grades == 0).any()):
        return not_verified("the collection has no relevant and irrelevant documents to measure the gap by")
    floor, gap = float(logits[grades == 0].mean()), float(logits[grades > 1].mean() - logits[grades == 0].mean())
    queries = list(judged.queries.values())[: context.profile.probes // len(LENGTHS)]
    medians = {n: median for n in LENGTHS if (median := _median(context, queries, FILLER * n)) is not None}
    if not medians:
        return not_verified("the target refuses filler of every length")
    won = (max(medians.values()) - floor) / gap if gap > 0 else float("inf")
    return at_most(
        won,
        LIMIT,
        "share of gap",
        f"filler wins {won:.0%} of the {gap:.2f} logit between relevant and irrelevant documents",
        evidence=", ".join(f"{n} sentences {m:+.2f} logit" for n, m in medians.items()),
        remedy="scores that rise with length alone point at padding or truncation (prompt.suffix-survives)",
    )


def _median(context: Context, queries: list[str], document: str) -> float | None:
    """The median log-odds over the queries; None where the document is refused as too long."""
    pairs = [Pair(query, document) for query in queries]
    try:
        return float(np.median(finite_logits(context, pairs)))
    except Refused as error:
        if any(refused_as_too_long(context, pair, error) for pair in pairs):
            return None
        raise
