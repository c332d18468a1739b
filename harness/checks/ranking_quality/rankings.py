"""Grades and scores of the judged collection, query by query: what every check of this area is made from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from harness.checks.context import Context
from harness.core.errors import Unanswerable
from harness.core.scores import Scores
from harness.statistics.intervals import AgainstChance, permutation_tests
from harness.statistics.metrics import METRICS
from harness.statistics.summary import QueryResult, evaluate_queries

#: A ranking is called better than chance when a random order reaches it less often than this.
ALPHA = 0.01

Grades = dict[str, list[int]]
#: Scores of each query's candidates, in the order in which they are given.
Ranking = dict[str, Scores]


def grades_of(context: Context) -> Grades:
    """Grades of each query's candidates, in the order in which they are given."""
    return {query: context.collection.grades(query) for query in context.collection.queries}


def split_by_query(context: Context, logits: Scores) -> Ranking:
    """Logits of `context.judged_pairs`, as one array a query."""
    values, start = {}, 0
    for query, documents in context.collection.candidates.items():
        values[query] = logits[start : start + len(documents)]
        start += len(documents)
    return values


def ranked_logits(context: Context) -> Ranking:
    """The target's logits as one array a query; Unanswerable where a score has no rank."""
    logits = context.logits(context.judged_pairs)
    if unranked := int(np.isnan(logits).sum()):
        scale = context.target.capabilities.scale.value
        raise Unanswerable(f"{unranked} of {len(logits)} scores have no rank: they are no number, or no {scale}")
    return split_by_query(context, logits)


def target_results(context: Context) -> list[QueryResult]:
    """Metrics and correlations of the target on each query of the collection."""
    return evaluate_queries(grades_of(context), ranked_logits(context), slices_of(context))


def against_chance(context: Context, rankings: Sequence[Ranking], metric: str) -> list[AgainstChance]:
    """Permutation test of one metric over all queries, of each ranking; none where it has no meaning for any query."""
    grades = grades_of(context)
    if all(METRICS[metric].of(known, np.zeros(len(known))) is None for known in grades.values()):
        return []
    scorers = [[ranking[query] for query in grades] for ranking in rankings]
    return permutation_tests(
        list(grades.values()), scorers, METRICS[metric], resamples=context.profile.resamples, seed=context.seed
    )


def slices_of(context: Context) -> dict[str, dict[str, str]]:
    """The collection's own slices of each query, and the length of its documents in three classes of equal size."""
    judged = context.collection
    lengths = {query: _mean_length(judged.texts(query)) for query in judged.queries}
    order = sorted(lengths, key=lengths.__getitem__)
    names = ("short", "medium", "long")
    classes = {query: names[min(2, 3 * place // len(order))] for place, query in enumerate(order)}
    return {query: {**judged.metadata.get(query, {}), "length": classes[query]} for query in judged.queries}


def _mean_length(texts: list[str]) -> float:
    return math.fsum(map(len, texts)) / max(1, len(texts))
