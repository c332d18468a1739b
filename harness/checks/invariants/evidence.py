"""Directional relations: evidence raises a score, and its removal lowers it."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_least, not_verified
from harness.core.pairs import Pair
from harness.core.scores import Scores
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
    before, after = zip(*((worst, f"{worst} {best}") for _, best, worst in _extremes(context)), strict=True)
    return _directional(context, list(before), list(after), "rise when the relevant document is appended")


@check(
    "invariants.removed-evidence",
    "Removed evidence lowers the score",
    area=Area.ROBUSTNESS,
    stage=Stage.FORWARD,
    phase=Phase.INVARIANTS,
)
def removed_evidence(context: Context) -> Outcome:
    """The most relevant document scores lower when the words it shares with its query are taken out, in more than half
    of the queries (Wilson's lower bound, 95 %).
    """
    cases = [(query, best) for query, best, _ in _extremes(context)]
    after, before = zip(*((_without(best, query), best) for query, best in cases), strict=True)
    return _directional(context, list(after), list(before), "fall when the query's words are taken out")


def _extremes(context: Context) -> list[tuple[str, str, str]]:
    """Query, a document of its highest grade and one of its lowest, for each query that has both."""
    judged, found = context.collection, []
    for query, text in judged.queries.items():
        grades, texts = judged.grades(query), judged.texts(query)
        if max(grades) > min(grades):
            found.append((text, texts[int(np.argmax(grades))], texts[int(np.argmin(grades))]))
    return found


def _without(document: str, query: str) -> str:
    """The document without the query's words; in scripts without blanks, without its characters."""
    if " " not in query.strip():
        return "".join(c for c in document if c not in query)
    words = {_bare(word) for word in query.split()}
    return " ".join(word for word in document.split() if _bare(word) not in words)


def _bare(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalnum())


def _directional(context: Context, lower: list[str], higher: list[str], what: str) -> Outcome:
    queries = [query for query, _, _ in _extremes(context)]
    cases = [(q, a, b) for q, a, b in zip(queries, lower, higher, strict=True) if a != b]
    if len(cases) < 8:
        return not_verified(f"{len(cases)} queries have both a relevant and an irrelevant document: too few")
    low = _finite(context, [Pair(q, a) for q, a, _ in cases])
    high = _finite(context, [Pair(q, b) for q, _, b in cases])
    share = float(np.mean(high > low))
    return at_least(
        _wilson_low(share, len(cases)),
        LEAST,
        "share",
        f"{share:.0%} of {len(cases)} scores {what}",
        evidence=f"mean change {np.mean(high - low):+.2f} logit; the value is the 95 % lower bound",
        remedy="the score does not follow the document's content: look at the prompt, then at the answer tokens",
    )


def _wilson_low(share: float, count: int, z: float = 1.96) -> float:
    """Lower bound of a proportion (Wilson, JASA 1927)."""
    centre = share + z * z / (2 * count)
    half = z * float(np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)))
    return (centre - half) / (1 + z * z / count)


def _finite(context: Context, pairs: list[Pair]) -> Scores:
    return np.clip(context.logits(pairs), -40.0, 40.0)  # σ(±40) is 0 and 1 in float64
