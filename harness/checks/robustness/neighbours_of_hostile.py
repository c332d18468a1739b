"""Ordinary documents beside hostile ones, and after them."""

from __future__ import annotations

from contextlib import suppress

from fixtures.texts import HOSTILE
from harness.checks.context import Context
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import HarnessError, TargetError
from harness.core.findings import Outcome, at_most, warns
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage

REMEDY = "the request is truncated or padded as a whole, or an error in one document touches the others"


@check(
    "robustness.neighbours-of-hostile",
    "Hostile texts disturb nobody else",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    beside="sees what a hostile text does to others' scores",
)
def neighbours_of_hostile(context: Context) -> list[Outcome]:
    """Ordinary documents keep their scores when hostile ones join their request, and in the request after hostile
    documents and hostile queries.
    """
    first = next(iter(context.collection.queries))
    query, ordinary = context.collection.queries[first], context.collection.texts(first)
    hostile = [h.text for h in HOSTILE if h.admissible and h.text]
    alone = _asked(context, query, ordinary)
    beside = _beside(context, query, ordinary, hostile, alone)
    for text in hostile:
        with suppress(HarnessError):  # whether it may be refused is for robustness.hostile-texts to say
            context.fresh_scores([Pair(text, ordinary[0])])
    return [beside, _kept(context, _asked(context, query, ordinary), alone, "in the next request")]


def _beside(context: Context, query: str, ordinary: list[str], hostile: list[str], alone: Scores) -> Outcome:
    when = "in the same request"
    try:
        found = _asked(context, query, ordinary + hostile)[: len(ordinary)]
    except TargetError as error:
        return warns(f"hostile documents take the whole request with them: {error}", remedy=REMEDY, subject=when)
    return _kept(context, found, alone, when)


def _kept(context: Context, found: Scores, alone: Scores, when: str) -> Outcome:
    limit, source = tolerance(context)
    worst = float(distance(found, alone).max())
    return at_most(
        worst,
        limit,
        "logit",
        f"{len(alone)} ordinary documents move by up to {worst:.2e} logit {when}",
        evidence=f"{len(HOSTILE)} hostile texts; the limit is {source}",
        remedy=REMEDY,
        subject=when,
    )


def _asked(context: Context, query: str, documents: list[str]) -> Scores:
    return context.fresh_logits([Pair(query, document) for document in documents])
