"""Throughput over documents a request and words a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product

import numpy as np

from harness.checks.context import Context
from harness.checks.performance.timing import TimedRequest, answers_limit, time_rounds
from harness.checks.registry import check
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_most, measured
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

DOCUMENTS = (1, 4, 16)
WORDS = (10, 40, 160)


@dataclass(frozen=True, slots=True)
class Point:
    """Pairs a second of requests of so many documents of so many words, and how far timed answers moved, in logits."""

    documents: int
    words: int
    rate: float
    moved: float


@check(
    "performance.curve",
    "Throughput over documents and their length",
    area=Area.PERFORMANCE,
    stage=Stage.FORWARD,
    phase=Phase.SPEED,
    severity=Severity.INFO,
    beside="shows how the rate grows with documents and falls with their length, where one request has one rate",
)
def curve(context: Context) -> list[Outcome]:
    """Reports pairs a second for 1, 4 and 16 documents of 10, 40 and 160 words, the device synchronised; fails if a
    timed answer differs from the untimed one.
    """
    points = list(_points(context))
    context.emit(_figure(points))
    moved, best = max(point.moved for point in points), max(points, key=lambda point: point.rate)
    least = min(points, key=lambda point: point.rate)
    return [
        at_most(
            moved,
            answers_limit(context),
            "logit",
            f"timed answers deviate from the untimed ones by up to {moved:.1e} logit",
            remedy="a fast wrong answer is no speed: look at invariants.determinism and at caches",
            subject="answers",
        ),
        measured(
            best.rate,
            "pairs/s",
            f"from {least.rate:.1f} pairs a second ({least.documents} of {least.words} words) to {best.rate:.1f} "
            f"({best.documents} of {best.words})",
            subject="rate",
        ),
    ]


def _points(context: Context) -> Iterator[Point]:
    for words, documents in product(WORDS, DOCUMENTS):
        pairs = _request(context, documents, words)
        ask = TimedRequest(context, pairs)
        timing = time_rounds(ask, max(3, context.profile.timed_rounds // 4))
        seconds = float(np.median(timing.seconds))
        yield Point(documents, words, documents / seconds, timing.deviation(context.logits(pairs)))


def _request(context: Context, documents: int, words: int) -> tuple[Pair, ...]:
    """Documents of as many words, in the order in which the collection has them."""
    judged = context.collection
    query = next(iter(judged.queries.values()))
    stream = cycle(word for pair in context.judged_pairs for word in pair.document.split())
    return tuple(Pair(query, " ".join(islice(stream, words))) for _ in range(documents))


def _figure(points: list[Point]) -> SeriesRecorded:
    return SeriesRecorded(
        "throughput", "Throughput over documents and their length", "lines", "pairs/s",
        tuple(point.rate for point in points), tuple(f"{point.words} words" for point in points),
        area=Area.PERFORMANCE, at=tuple(float(point.documents) for point in points), across="documents a request",
    )  # fmt: skip
