"""Hostile texts as document and as query."""

from __future__ import annotations

import numpy as np

from fixtures.texts import HOSTILE, HostileText
from harness.checks.context import Context
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import HarnessError
from harness.core.findings import Outcome, at_most, holds
from harness.core.pairs import Pair
from harness.core.scores import Scale, Scores
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "robustness.hostile-texts",
    "Hostile texts get a score or a loud error",
    area=Area.ROBUSTNESS,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
)
def hostile_texts(context: Context) -> list[Outcome]:
    """Each hostile text, as document and as query, is answered with a finite score on the declared scale; only a text
    that UTF-8 cannot carry may be refused.
    """
    query, document = _ordinary(context)
    wrong = []
    for hostile in HOSTILE:
        for place, pair in (("document", Pair(query, hostile.text)), ("query", Pair(hostile.text, document))):
            problem = _problem(context, pair, hostile)
            wrong += [f"{hostile.id} as {place}: {problem}"] if problem else []
    return [
        holds(
            not wrong,
            f"{len(wrong)} of {2 * len(HOSTILE)} hostile inputs are answered wrongly",
            evidence="; ".join(wrong[:5]),
            remedy="a text of a user must not stop the server: answer it, or refuse it by itself with an error",
        )
    ]


@check(
    "robustness.neighbours-of-hostile",
    "Hostile texts disturb nobody else",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
)
def neighbours_of_hostile(context: Context) -> list[Outcome]:
    """Ordinary documents keep their scores when hostile ones join their request, and in the request after it."""
    judged = context.collection
    first = next(iter(judged.queries))
    query, ordinary = judged.queries[first], judged.texts(first)
    hostile = [h.text for h in HOSTILE if h.admissible and h.text]
    alone = _asked(context, query, ordinary)
    beside = _asked(context, query, ordinary + hostile)[: len(ordinary)]
    after = _asked(context, query, ordinary)
    limit, source = tolerance(context)
    return [
        at_most(
            float(distance(found, alone).max()),
            limit,
            "logit",
            f"{len(ordinary)} ordinary documents move by up to {distance(found, alone).max():.2e} logit {when}",
            evidence=f"{len(hostile)} hostile documents; the limit is {source}",
            remedy="the request is truncated or padded as a whole, or an error in one document touches the others",
            subject=when,
        )
        for when, found in (("in the same request", beside), ("in the next request", after))
    ]


def _ordinary(context: Context) -> tuple[str, str]:
    return context.probes[0].query, context.probes[0].document


def _asked(context: Context, query: str, documents: list[str]) -> Scores:
    return context.fresh_logits([Pair(query, document) for document in documents])


def _problem(context: Context, pair: Pair, hostile: HostileText) -> str:
    try:
        score = float(context.fresh_scores([pair])[0])
    except HarnessError as error:
        return f"refused ({error})"[:160] if hostile.admissible else ""
    if not np.isfinite(score):
        return f"scored {score}"
    in_range = context.target.capabilities.scale is not Scale.PROBABILITY or 0 <= score <= 1
    return "" if in_range else f"scored {score:g}"
