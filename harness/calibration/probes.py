"""Pairs of every length from a few tokens to the context limit, in several languages; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice, repeat, zip_longest
from typing import TYPE_CHECKING

import numpy as np

from fixtures.collections import Judged, load_judged
from harness.core.pairs import Pair

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Tokens of the shortest document.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How many lengths, how many pairs of each, and the most tokens that all pairs may have together."""

    lengths: int
    each: int
    tokens: int
    seed: int = 0


#: 308 pairs have 90 000 tokens where the context has 1 024. Where it has 8 192, one pair of each length has 22 000.
#: Numbers of lengths share no divisor with 60 queries and two kinds of document, so that each meets each.
FULL = Plan(lengths=11, each=28, tokens=131_072)
QUICK = Plan(lengths=7, each=6, tokens=16_384)


@dataclass(frozen=True, slots=True)
class Probe:
    """A pair and the tokens of its prompt."""

    pair: Pair
    tokens: int


def probes(reranker: Reranker, plan: Plan) -> tuple[Probe, ...]:
    """One pair of each length, then a second of each, as long as the tokens last: lengths that are dear get fewer
    pairs, or none. Lengths are met to the token as far as a text can be cut there.
    """
    judged, draw = load_judged(), random.Random(plan.seed)
    queries = _by_turns(judged, draw)
    wanted = _affordable(_lengths(reranker, judged, plan), plan)
    return tuple(
        _probe(reranker, judged.queries[query], (_needle if number % 2 else _documents)(judged, query, draw), length)
        for number, (query, length) in enumerate(zip(cycle(queries), wanted, strict=False))
    )


def _lengths(reranker: Reranker, judged: Judged, plan: Plan) -> list[int]:
    """Tokens of prompts, evenly spread over the logarithm of the document's share of them."""
    frame = max(_tokens(reranker, Pair(query, "")) for query in judged.queries.values())
    room = max(SHORTEST, reranker.parts.checkpoint.max_length - frame)
    return sorted({frame + round(tokens) for tokens in np.geomspace(SHORTEST, room, plan.lengths)})


def _affordable(lengths: list[int], plan: Plan) -> Iterator[int]:
    """The tokens of each probe; the shortest length always has one."""
    left = max(plan.tokens, lengths[0])
    for _ in range(plan.each):
        for length in lengths:
            if length <= left:
                left -= length
                yield length


def _by_turns(judged: Judged, draw: random.Random) -> list[str]:
    """Ids of all queries, the languages taking turns."""
    groups: dict[str, list[str]] = {}
    for query in draw.sample(list(judged.queries), len(judged.queries)):
        groups.setdefault(judged.metadata[query]["language"], []).append(query)
    return [query for turn in zip_longest(*groups.values()) for query in turn if query is not None]


def _probe(reranker: Reranker, query: str, source: Iterator[str], length: int) -> Probe:
    """The longest beginning of a text whose prompt has at most `length` tokens."""
    text = ""
    while _tokens(reranker, Pair(query, text)) < length:
        # as much again as there is: no text is encoded more often than its length is doubled
        text = " ".join([text, *islice(source, 1 + text.count(". "))]).strip()
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = _tokens(reranker, Pair(query, text[:middle])) <= length
        low, high = (middle, high) if fits else (low, middle - 1)
    pair = Pair(query, text[:low])
    return Probe(pair, _tokens(reranker, pair))


def _documents(judged: Judged, query: str, draw: random.Random) -> Iterator[str]:
    """Documents in the query's language without end: first those judged for it, so that scores are of all kinds."""
    own = judged.candidates[query]
    others = _others(judged, query)
    ids = [*draw.sample(own, len(own)), *draw.sample(others, len(others))]
    return cycle(judged.documents[id] for id in ids)


def _needle(judged: Judged, query: str, draw: random.Random) -> Iterator[str]:
    """The query's own words, and then one document of another query again and again.

    Checks ask such pairs, and half precision moves them most: in bfloat16 the embedded model's deviation from float64
    has the median 0.035 logit on 308 of these, 0.006 on as many pairs of the collection's documents.
    """
    return chain([judged.queries[query]], repeat(judged.documents[draw.choice(_others(judged, query))]))


def _others(judged: Judged, query: str) -> list[str]:
    """Ids of the documents of all other queries in the same language."""
    language = judged.metadata[query]["language"]
    return [
        document
        for other, documents in judged.candidates.items()
        if other != query and judged.metadata[other]["language"] == language
        for document in documents
    ]


def _tokens(reranker: Reranker, pair: Pair) -> int:
    """Tokens of a prompt, uncut."""
    encoding = reranker.encoding(pair)
    return len(encoding.ids) + encoding.truncated
