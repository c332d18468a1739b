"""From a searched property to an outcome: what all invariants have in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from harness.checks.context import Context
from harness.checks.invariants.search import search
from harness.checks.invariants.strategies import requests
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.pairs import Pair
from harness.core.scores import Scores

Request = tuple[str, list[str]]
#: Log-odds of the request's documents, asked again in some other way; shape (documents,).
Again = Callable[[Request], Scores]
#: By how many logits a request breaks a property.
Violation = Callable[[Request], float]


def ask(context: Context, request: Request) -> Scores:
    """Log-odds of one request's documents, asked anew."""
    query, documents = request
    return context.fresh_logits([Pair(query, document) for document in documents])


def ask_alone(context: Context, pairs: list[Pair] | tuple[Pair, ...]) -> Scores:
    """Log-odds of each pair, asked anew as a request of its own, so that no batch moves them; shape (len(pairs),)."""
    return np.array([context.fresh_logits([pair])[0] for pair in pairs])


def same_scores(context: Context, again: Again, message: str, remedy: str, least: int = 2) -> Outcome:
    """Requests found by Hypothesis keep their scores when they are asked `again` in another way."""

    def violation(request: Request) -> float:
        return float(distance(ask(context, request), again(request)).max())

    return never_violated(context, violation, message, remedy, least)


def never_violated(context: Context, violation: Violation, message: str, remedy: str, least: int = 2) -> Outcome:
    """No request found by Hypothesis, of at least `least` documents, breaks the property by more than noise."""
    limit, source = tolerance(context)
    found = search(requests(context.collection, least), violation, limit, context.profile.examples)
    if found.refused == found.examples:
        return not_verified(f"the target refused all {found.examples} requests of this search")
    refused = f"; {found.refused} requests were refused" if found.refused else ""
    smallest = "" if found.smallest is None else f"; smallest counter-example {_shown(found.smallest)}"
    return at_most(
        found.worst,
        limit,
        "logit",
        f"{message} by up to {found.worst:.2e} logit in {found.examples} requests",
        evidence=f"the limit is {source}{refused}{smallest}",
        remedy=remedy,
    )


def permuted(count: int) -> NDArray[np.intp]:
    """A fixed order of `count` documents that moves each of them (a rotation by one)."""
    return np.roll(np.arange(count), 1)


def _shown(request: Request) -> str:
    query, documents = request
    return f"query {query!r}, documents {documents!r}"[:400]
