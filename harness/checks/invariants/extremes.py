"""Queries with the best and the worst of their documents, and log-odds that can be subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.core.pairs import Pair
from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class Extremes:
    """A query, a document of its highest grade and one of its lowest."""

    query: str
    best: str
    worst: str


def extremes(judged: Judged) -> list[Extremes]:
    """One for each query that has both, in the order of the collection."""
    found = []
    for query, text in judged.queries.items():
        grades, texts = judged.grades(query), judged.texts(query)
        if max(grades) > min(grades):
            found.append(Extremes(text, texts[int(np.argmax(grades))], texts[int(np.argmin(grades))]))
    return found


def finite_logits(context: Context, pairs: Sequence[Pair]) -> Scores:
    """Log-odds with ±40 for infinities and what lies beyond: σ(±40) is 0 and 1 in float64. Shape (len(pairs),)."""
    return np.clip(context.logits(pairs), -40.0, 40.0)
