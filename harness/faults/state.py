"""Faults of the stage `state`: what one request leaves behind for the next. Needs no torch.

A variant keeps what it remembers within the planted reranker, from the moment it is planted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.faults.overlap import Overlap
from harness.faults.rounding import to_bfloat16
from harness.reference.reply import Item, Response
from harness.reference.stages import Answering, RerankRequest, Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

    Serving = Callable[[RerankRequest, Answering], Response]

#: Characters by which a cache of beginnings tells documents apart.
BEGINNING = 48
#: Characters of a request that is long enough to leave something behind.
LONG = 2_000


def _serving(reranker: Reranker, serve: Serving) -> Stages:
    def state(answering: Answering) -> Answering:
        return lambda request: serve(request, answering)

    return replace(reranker.stages, state=state)


def _cached(reranker: Reranker, key: Callable[[RerankRequest], Hashable]) -> Stages:
    """Responses are kept by a key that leaves something out."""
    kept: dict[Hashable, Response] = {}

    def serve(request: RerankRequest, answering: Answering) -> Response:
        named = (key(request), request.raw, request.top_n)
        if named not in kept:
            kept[named] = answering(request)
        return kept[named]

    return _serving(reranker, serve)


def _cached_scores(reranker: Reranker, key: Callable[[Pair], Hashable]) -> Stages:
    """Scores of single documents are kept by a key that leaves something out."""
    kept: dict[Hashable, float] = {}

    def serve(request: RerankRequest, answering: Answering) -> Response:
        return tuple(
            replace(
                item,
                score=kept.setdefault((key(request.pairs[item.index % len(request.pairs)]), request.raw), item.score),
            )
            for item in answering(request)
        )

    return _serving(reranker, serve)


def _scaled(response: Response, factor: float) -> Response:
    return tuple(replace(item, score=item.score * factor) for item in response)


@fault(Stage.STATE, "drift-over-repeats")
def drift_over_repeats(reranker: Reranker) -> Stages:
    """Each request is scored a little lower than the one before."""
    served = itertools.count(1)
    return _serving(reranker, lambda request, answering: _scaled(answering(request), 1 - 1e-3 * (next(served) % 50)))


@fault(Stage.STATE, "cache-without-query")
def cache_without_query(reranker: Reranker) -> Stages:
    """A cache is keyed by the documents alone: another query gets the first one's scores."""
    return _cached(reranker, lambda request: tuple(pair.document for pair in request.pairs))


@fault(Stage.STATE, "cache-without-instruction")
def cache_without_instruction(reranker: Reranker) -> Stages:
    """A cache is keyed by query and documents: another instruction gets the first one's scores."""
    return _cached(reranker, lambda request: tuple((pair.query, pair.document) for pair in request.pairs))


@fault(Stage.STATE, "cache-by-document")
def cache_by_document(reranker: Reranker) -> Stages:
    """A cache keeps one score for a document, whatever the query and the request it comes in."""
    return _cached_scores(reranker, lambda pair: pair.document)


@fault(Stage.STATE, "prefix-cache-stale")
def prefix_cache_stale(reranker: Reranker) -> Stages:
    """A cache keyed by the beginning of a document answers for documents that go on differently."""
    return _cached_scores(reranker, lambda pair: (pair.query, pair.instruction, pair.document[:BEGINNING]))


@fault(Stage.STATE, "repeats-rounded")
def repeats_rounded(reranker: Reranker) -> Stages:
    """A repeated request is answered from a cache that keeps scores in half precision."""
    seen: set[RerankRequest] = set()

    def serve(request: RerankRequest, answering: Answering) -> Response:
        repeated, response = request in seen, answering(request)
        seen.add(request)
        return tuple(replace(item, score=float(to_bfloat16(item.score))) for item in response) if repeated else response

    return _serving(reranker, serve)


@fault(Stage.STATE, "previous-answer-sent")
def previous_answer_sent(reranker: Reranker) -> Stages:
    """A request is answered with the scores of the one before it, where that had as many documents."""
    before: list[Response] = []

    def serve(request: RerankRequest, answering: Answering) -> Response:
        response = answering(request)
        sent = before[-1] if before and len(before[-1]) == len(response) else response
        before[:] = [response]
        return sent

    return _serving(reranker, serve)


@fault(Stage.STATE, "replicas-disagree")
def replicas_disagree(reranker: Reranker) -> Stages:
    """Every second request goes to a replica that sends the answers swapped."""
    served = itertools.count()

    def serve(request: RerankRequest, answering: Answering) -> Response:
        response = answering(request)
        if next(served) % 2 == 0:
            return response
        swapped = [replace(item, score=-item.score if request.raw else 1 - item.score) for item in response]
        return tuple(sorted(swapped, key=lambda item: -item.score))

    return _serving(reranker, serve)


@fault(Stage.STATE, "left-by-long-request")
def left_by_long_request(reranker: Reranker) -> Stages:
    """A long request leaves a buffer behind: every later one is scored a tenth lower."""
    met: list[bool] = []

    def serve(request: RerankRequest, answering: Answering) -> Response:
        response = _scaled(answering(request), 0.9 if met else 1.0)
        if any(len(pair.document) > LONG for pair in request.pairs):
            met.append(True)
        return response

    return _serving(reranker, serve)


@fault(Stage.STATE, "mixed-up-under-load")
def mixed_up_under_load(reranker: Reranker) -> Stages:
    """Requests that are under way at once get scores computed with each other's query."""
    overlap = Overlap()

    def serve(request: RerankRequest, answering: Answering) -> Response:
        with overlap.other(request) as other:
            if other is None:
                return answering(request)
            query = other.pairs[0].query
            return answering(replace(request, pairs=tuple(replace(pair, query=query) for pair in request.pairs)))

    return _serving(reranker, serve)


@fault(Stage.STATE, "answers-exchanged")
def answers_exchanged(reranker: Reranker) -> Stages:
    """Of two requests under way with as many documents, each is answered with what the other one asked."""
    overlap = Overlap()

    def serve(request: RerankRequest, answering: Answering) -> Response:
        with overlap.other(request) as other:
            fits = other is not None and len(other.pairs) == len(request.pairs)
            return answering(other if fits and other is not None else request)

    return _serving(reranker, serve)


@fault(Stage.STATE, "rounded-under-load")
def rounded_under_load(reranker: Reranker) -> Stages:
    """While another request is under way, scores are computed in fewer bits."""
    overlap = Overlap()

    def rounded(item: Item) -> Item:
        return replace(item, score=float(to_bfloat16(item.score)))

    def serve(request: RerankRequest, answering: Answering) -> Response:
        with overlap.other(request) as other:
            response = answering(request)
            return response if other is None else tuple(map(rounded, response))

    return _serving(reranker, serve)
