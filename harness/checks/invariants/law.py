"""From a searched property to an outcome: what all invariants have in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.search import search
from harness.checks.invariants.strategies import requests
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.scores import Scores

Request = tuple[str, list[str]]
#: Log-odds of the request's documents, asked again in some other way; shape (documents,).
Again = Callable[[Request], Scores]


def ask(context: Context, request: Request) -> Scores:
    """Log-odds of one request's documents, asked anew."""
    query, documents = request
    return context.fresh_logits([Pair(query, document) for document in documents])


def same_scores(context: Context, again: Again, message: str, remedy: str, least: int = 2) -> Outcome:
    """Requests found by Hypothesis keep their scores when they are asked `again` in another way."""
    limit, source = tolerance(context)

    def violation(request: Request) -> float:
        return float(distance(ask(context, request), again(request)).max())

    found = search(requests(context.collection, least), violation, limit, context.profile.examples)
    smallest = "" if found.smallest is None else f"; smallest counter-example {_shown(found.smallest)}"
    return at_most(
        found.worst,
        limit,
        "logit",
        f"{message} by up to {found.worst:.2e} logit in {found.examples} requests",
        evidence=f"the limit is {source}{smallest}",
        remedy=remedy,
    )


def permuted(count: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """A fixed order of `count` documents that moves each of them (a rotation by one)."""
    return np.roll(np.arange(count), 1)


def _shown(request: Request) -> str:
    query, documents = request
    return f"query {query!r}, documents {documents!r}"[:400]
