"""The unit of work is one query with all its documents, so that what their prompts share is computed once.

The plan depends on the pairs alone: neither engine nor number of workers changes which pairs are scored together, and
so a score is the same bit for bit whoever computes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from harness.core.pairs import Pair, by_request

#: Bytes of UTF-8 that make a token with Qwen3's vocabulary: 4.0 over the embedded collection, from 2.8 in its Hindi to
#: 5.0 in its Russian documents. Sizes only balance the work; no text is cut by them.
BYTES_PER_TOKEN = 4
#: Tokens of a prompt that are neither query nor document, of which most are in the shared prefix.
PROMPT_TOKENS = 16
#: A query whose documents are longer than this becomes several units, each of which computes the prefix again: what a
#: lost worker costs, and what a driver holds, stays bounded.
MOST_TOKENS = 2**18
#: Small units travel together up to this size: a load of it takes the embedded model a seventh of a second, of which
#: handing out and taking in is half a percent (docs/scale.md).
LOAD_TOKENS = 2**12
#: Hexadecimal digits of a unit's id: 128 bits.
DIGITS = 32


@dataclass(frozen=True, slots=True)
class Unit:
    """A query with its documents. `number` is its place in the plan, `first` that of its first pair."""

    number: int
    first: int
    query: str
    documents: tuple[str, ...]
    instruction: str | None = None

    @property
    def id(self) -> str:
        """What tells it from units of other texts: a digest of query, documents and instruction."""
        content = json.dumps([self.query, self.documents, self.instruction])
        return sha256(content.encode()).hexdigest()[:DIGITS]

    @property
    def tokens(self) -> int:
        """About how many tokens its prompts have, the shared ones once."""
        return size(self.query) + sum(map(size, self.documents))


@dataclass(frozen=True, slots=True)
class Load:
    """Units that a worker is given at once; `number` counts loads."""

    number: int
    units: tuple[Unit, ...]

    @property
    def tokens(self) -> int:
        """About how many tokens there are to compute."""
        return sum(unit.tokens for unit in self.units)


def size(text: str) -> int:
    """About how many tokens a text adds to a prompt. A lone surrogate, which UTF-8 has not, counts as one byte."""
    return len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN + PROMPT_TOKENS


def units_of(pairs: Iterable[Pair], most: int = MOST_TOKENS) -> Iterator[Unit]:
    """Pairs that follow each other with the same query and instruction as one unit, in up to `most` tokens.

    Takes no more pairs than the unit under way needs.
    """
    number, first, tokens = 0, 0, 0
    asked: tuple[str, str | None] | None = None
    documents: list[str] = []
    for pair in pairs:
        own = size(pair.document)
        if documents and (asked != (pair.query, pair.instruction) or tokens + own > most):
            yield _unit(number, first, asked, documents)
            number, first, documents = number + 1, first + len(documents), []
        if not documents:
            asked, tokens = (pair.query, pair.instruction), size(pair.query)
        documents.append(pair.document)
        tokens += own
    if documents:
        yield _unit(number, first, asked, documents)


def by_unit(pairs: Sequence[Pair]) -> Iterator[tuple[Unit, list[int]]]:
    """Pairs in any order as units, and where in `pairs` each of a unit's documents stands."""
    order = [place for _, _, places, _ in by_request(pairs) for place in places]
    for unit in units_of(pairs[place] for place in order):
        yield unit, order[unit.first : unit.first + len(unit.documents)]


def loads_of(units: Iterable[Unit], tokens: int = LOAD_TOKENS) -> Iterator[Load]:
    """Units that follow each other in loads of up to `tokens` tokens, but of one unit at least."""
    number, held, width = 0, list[Unit](), 0
    for unit in units:
        own = unit.tokens
        if held and width + own > tokens:
            yield Load(number, tuple(held))
            number, held, width = number + 1, [], 0
        held.append(unit)
        width += own
    if held:
        yield Load(number, tuple(held))


def _unit(number: int, first: int, asked: tuple[str, str | None] | None, documents: list[str]) -> Unit:
    assert asked is not None
    return Unit(number, first, asked[0], tuple(documents), asked[1])
