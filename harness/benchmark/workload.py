"""What is scored: one query with documents of a length in tokens, made of the embedded collection's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from fixtures.collections import load_judged
from harness.core.pairs import Pair
from harness.reference.pipeline import Reranker
from harness.reference.prefixes import continuations

#: Tokens that a query's documents share: system message, instruction and a query of a dozen words.
SHARED = 90


@dataclass(frozen=True, slots=True)
class Workload:
    """A request. `tokens` are those of all its prompts, `shared` those that each of them begins with."""

    documents: int
    length: int
    pairs: tuple[Pair, ...]
    tokens: int
    shared: int


def workload(reranker: Reranker, documents: int, length: int) -> Workload:
    """`documents` documents of `length` tokens each, counted as they stand in the prompt; the same ones every time."""
    count = reranker.parts.encoder.ids
    words = _words()
    query = _filled(words, SHARED, lambda text: _shared(reranker, text))
    texts = [_filled(words, length, lambda text: len(count(" " + text))) for _ in range(documents)]
    pairs = tuple(Pair(query, text) for text in texts)
    tokens = sum(len(reranker.encoding(pair).ids) for pair in pairs)
    return Workload(documents, length, pairs, tokens, _shared(reranker, query))


def _shared(reranker: Reranker, query: str) -> int:
    encodings = [reranker.encoding(Pair(query, text)) for text in ("first", "second")]
    return len(continuations(encodings, [range(2)])[0].prefix.ids)


def _filled(words: Iterator[str], tokens: int, count: Callable[[str], int]) -> str:
    """Words until one more would be too many, then as many short ones as fit."""
    text = next(words)
    while count(longer := f"{text} {next(words)}") <= tokens:
        text = longer
    while count(longer := f"{text} a") <= tokens:
        text = longer
    return text


def _words() -> Iterator[str]:
    """The words of all documents, again and again."""
    judged = load_judged()
    texts = (pair.document for pair in judged.pairs())
    return cycle(list(islice((word for text in texts for word in text.split()), 20_000)))
