"""Directional relations: evidence raises a score, and its removal lowers it."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.extremes import extremes, finite_logits
from harness.checks.registry import check
from harness.core.findings import Outcome, at_least, not_verified
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage

#: The relation is a tendency of relevance models and no law: it is held to be better than a coin, with 95 % confidence.
LEAST = 0.5


@check(
    "invariants.added-evidence",
    "Added evidence raises the score",
    area=Area.ROBUSTNESS,
    stage=Stage.FORWARD,
    phase=Phase.INVARIANTS,
)
def added_evidence(context: Context) -> Outcome:
    """An irrelevant document to which the most relevant one of its query is appended scores higher than before, in more
    than half of the queries (Wilson's lower bound, 95 %).
    """
    cases = [(e.query, e.worst, f"{e.worst} {e.best}") for e in extremes(context.collection)]
    return _directional(context, cases, "rise when the relevant document is appended")


@check(
    "invariants.removed-evidence",
    "Removed evidence lowers the score",
    area=Area.ROBUSTNESS,
    stage=Stage.FORWARD,
    phase=Phase.INVARIANTS,
    beside="asks for the sense of scores, not for values: it holds for models without a reference, too",
)
def removed_evidence(context: Context) -> Outcome:
    """The most relevant document scores lower when the words it shares with its query are taken out, in more than half
    of the queries (Wilson's lower bound, 95 %).
    """
    cases = [(e.query, _without(e.best, e.query), e.best) for e in extremes(context.collection)]
    return _directional(context, cases, "fall when the query's words are taken out")


def _without(document: str, query: str) -> str:
    """The document without the query's words; in scripts without blanks, without its characters."""
    if " " not in query.strip():
        return "".join(c for c in document if c not in query)
    words = {_bare(word) for word in query.split()}
    return " ".join(word for word in document.split() if _bare(word) not in words)


def _bare(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalnum())


def _directional(context: Context, cases: list[tuple[str, str, str]], what: str) -> Outcome:
    """Holds (query, document that should score lower, document that should score higher) to its direction."""
    cases = [case for case in cases if case[1] != case[2]]
    if len(cases) < 8:
        return not_verified(f"{len(cases)} queries have both a relevant and an irrelevant document: too few")
    low = finite_logits(context, [Pair(query, lower) for query, lower, _ in cases])
    high = finite_logits(context, [Pair(query, higher) for query, _, higher in cases])
    share = float(np.mean(high > low))
    return at_least(
        wilson_low(share, len(cases)),
        LEAST,
        "share",
        f"{share:.0%} of {len(cases)} scores {what}",
        evidence=f"mean change {np.mean(high - low):+.2f} logit; the value is the 95 % lower bound",
        remedy="the score does not follow the document's content: look at the prompt, then at the answer tokens",
    )


def wilson_low(share: float, count: int, z: float = 1.96) -> float:
    """Lower bound of a proportion (Wilson, JASA 1927)."""
    centre = share + z * z / (2 * count)
    half = z * float(np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)))
    return (centre - half) / (1 + z * z / count)
