"""What a run leaves for the next one to be held against: scores of the judged collection, and their noise."""

from __future__ import annotations

import math
from itertools import islice

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import slices_of
from harness.core.errors import DeviceError, MalformedAnswer, Refused, Unanswerable
from harness.core.events import NoiseRecorded, Noted, ScoresRecorded
from harness.core.pairs import Pair


def record(context: Context) -> None:
    """Tell the scores of every judged query whose candidates were all asked for, further takes of them where the
    profile wants those, and the measured noise. TargetError passes through when the target is gone.
    """
    known = [query for query in context.collection.candidates if context.has_scores(_pairs(context, query))]
    if not known:
        return
    _record_noise(context)
    try:
        for take in range(context.profile.takes):
            record_take(context, known, take)
    except (Unanswerable, Refused, MalformedAnswer, DeviceError) as error:
        context.emit(Noted("recording", f"scores could not be asked anew: {error}"))


def record_take(context: Context, queries: list[str], take: int) -> None:
    """Tell the scores of some queries: those remembered as take 0, anything later asked anew."""
    slices = slices_of(context)
    whole = len(queries) == len(context.collection.candidates)
    pairs = context.judged_pairs if whole else [pair for query in queries for pair in _pairs(context, query)]
    scores = iter(context.scores(pairs) if take == 0 else context.fresh_scores(pairs))
    for query in queries:
        documents = context.collection.candidates[query]
        own = list(islice(scores, len(documents)))
        context.emit(
            ScoresRecorded(
                query, documents, _grades(context, query),
                tuple(None if math.isnan(score) else float(score) for score in own),
                context.target.capabilities.scale.value, slices[query], take,
            )
        )  # fmt: skip


def _grades(context: Context, query: str) -> tuple[int, ...]:
    """The grades of a query's candidates; none where it has not been judged."""
    try:
        return tuple(context.collection.grades(query))
    except Unanswerable:
        return ()


def _record_noise(context: Context) -> None:
    """Tell the noise where the checks have measured it: nothing is computed for it."""
    if "noise" in vars(context):
        movement, noise = context.movement, context.noise
        context.emit(NoiseRecorded(movement.limit_logit, noise.limit_logit, movement.origin))


def _pairs(context: Context, query: str) -> list[Pair]:
    return [Pair(context.collection.queries[query], text) for text in context.collection.texts(query)]
