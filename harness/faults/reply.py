"""Faults of the stage `reply`: each changes how the scores of a request become its response. Needs no torch.

A change is made to whatever replies, the reference's own stage or a served dialect's ranking with its texts: lines are
copied and renumbered, never made.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from harness.core.scores import Scores
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.reply import Response
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from harness.faults.library import Variant
    from harness.reference.pipeline import Reranker

Line = Any
"""A dataclass with `index` and `score`: an item of the reference, or a served dialect's line with its text."""
Replying = Callable[[Scores, int | None], Sequence[Line]]
Change = Callable[[Replying], Replying]
#: Results that a batch holds where indices start again with each.
BATCH = 4

CHANGES: dict[str, Change] = {}


def reply_fault(id: str) -> Callable[[Change], Variant]:
    """Register the decorated change of replying as a fault of the pipeline, and by its id for served dialects."""

    def register(change: Change) -> Variant:
        CHANGES[id] = change

        def variant(reranker: Reranker) -> Stages:
            changed = change(reranker.stages.reply)

            def reply(scores: Scores, top_n: int | None = None) -> Response:
                return tuple(changed(scores, top_n))

            return replace(reranker.stages, reply=reply)

        variant.__doc__ = change.__doc__
        return fault(Stage.REPLY, id)(variant)

    return register


def _lines(reply: Replying, change: Callable[[Sequence[Line]], Sequence[Line]]) -> Replying:
    return lambda scores, top_n: change(reply(scores, top_n))


@reply_fault("scores-zipped-with-sorted-order")
def scores_zipped(reply: Replying) -> Replying:
    """Sorted scores are numbered by their position, so that they land on other documents."""
    return _lines(reply, lambda lines: [replace(line, index=place) for place, line in enumerate(lines)])


@reply_fault("scores-apart-from-order")
def scores_apart(reply: Replying) -> Replying:
    """Documents are sorted and their scores are not: the list of scores was taken before sorting."""

    def change(lines: Sequence[Line]) -> Sequence[Line]:
        before = sorted(lines, key=lambda line: int(line.index))
        return [replace(line, score=other.score) for line, other in zip(lines, before, strict=True)]

    return _lines(reply, change)


@reply_fault("unsorted")
def unsorted(reply: Replying) -> Replying:
    """Results come in the order of the documents instead of the scores."""
    return _lines(reply, lambda lines: sorted(lines, key=lambda line: int(line.index)))


@reply_fault("sorted-ascending")
def sorted_ascending(reply: Replying) -> Replying:
    """The worst document comes first."""
    return _lines(reply, lambda lines: list(reversed(lines)))


@reply_fault("ties-turned")
def ties_turned(reply: Replying) -> Replying:
    """Equal scores come in the other order than is documented."""

    def change(lines: Sequence[Line]) -> Sequence[Line]:
        groups = itertools.groupby(lines, key=lambda line: float(line.score))
        return [line for _, group in groups for line in reversed(list(group))]

    return _lines(reply, change)


@reply_fault("equal-scores-merged")
def equal_scores_merged(reply: Replying) -> Replying:
    """Results with the score of one before are dropped, as where they are kept by their score."""
    return _lines(reply, lambda lines: list({float(line.score): line for line in reversed(lines)}.values())[::-1])


@reply_fault("last-item-lost")
def last_item_lost(reply: Replying) -> Replying:
    """The last document of a ranking is not answered."""
    return _lines(reply, lambda lines: lines[:-1])


@reply_fault("index-doubled")
def index_doubled(reply: Replying) -> Replying:
    """The second result carries the index of the first."""

    def change(lines: Sequence[Line]) -> Sequence[Line]:
        return [*lines[:1], *(replace(line, index=lines[0].index) for line in lines[1:2]), *lines[2:]]

    return _lines(reply, change)


@reply_fault("index-from-one")
def index_from_one(reply: Replying) -> Replying:
    """Indices are counted from one."""
    return _lines(reply, lambda lines: [replace(line, index=line.index + 1) for line in lines])


@reply_fault("index-per-batch")
def index_per_batch(reply: Replying) -> Replying:
    """Indices start again with each batch of four documents."""
    return _lines(reply, lambda lines: [replace(line, index=line.index % BATCH) for line in lines])


@reply_fault("top-n-ignored")
def top_n_ignored(reply: Replying) -> Replying:
    """`top_n` is accepted and does nothing."""
    return lambda scores, top_n: reply(scores, None)


@reply_fault("top-n-off-by-one")
def top_n_off_by_one(reply: Replying) -> Replying:
    """`top_n` gives one result too few."""
    return lambda scores, top_n: reply(scores, None if top_n is None else max(0, top_n - 1))


@reply_fault("top-n-before-sort")
def top_n_before_sort(reply: Replying) -> Replying:
    """`top_n` takes the first documents, and only those are sorted."""
    return lambda scores, top_n: reply(scores[:top_n], None)


@reply_fault("score-null")
def score_null(reply: Replying) -> Replying:
    """The best score is no number, which JSON says as null."""
    return _lines(
        reply,
        lambda lines: [replace(line, score=np.nan if place == 0 else line.score) for place, line in enumerate(lines)],
    )
