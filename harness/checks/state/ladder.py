"""Documents of growing length, with the answer to the query at their start, in their middle or at their end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.core.pairs import Pair

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: A word of one token in every vocabulary that was looked into, so that a document can be made of any length.
FILLER = " and"
#: Tokens at which servers cut, split or cache.
CHUNKS = (512, 2048, 8192)
#: The longest prompt that is tried where nobody says how many tokens the model takes.
UNKNOWN = 2048
#: The last rung, in shares of the limit.
BEYOND = 1.25


class Place(StrEnum):
    """Where the evidence stands in the filler."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rung:
    """A document with the evidence, and one as long without; `tokens` are those of the prompt, uncut."""

    tokens: int
    place: Place
    pair: Pair
    blank: Pair

    def __str__(self) -> str:
        return f"{self.tokens} tokens with the evidence at the {self.place}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Builds the rungs. `limit` is the most tokens that target and model take, None where nobody says.

    Without a reference there is no tokenizer, and words stand for tokens.
    """

    query: str
    limit: int | None
    reference: Reranker | None

    @classmethod
    def of(cls, context: Context) -> Ladder:
        """For the query of the first probe, whose own words are the evidence."""
        checkpoint = context.checkpoint
        said = (context.target.capabilities.input_limit, None if checkpoint is None else checkpoint.max_length)
        limits = [limit for limit in said if limit is not None]
        return cls(context.probes[0].query, min(limits, default=None), context.reference)

    def rungs(self, *, every: bool) -> list[Rung]:
        """From a document of one token to beyond the limit: by factors of 2 and 3 places each if `every`, else by
        factors of 4 and with all places only behind the first chunk and at the limit.
        """
        longest = self.limit or UNKNOWN
        everywhere = (min(CHUNKS[0] + 1, longest), longest)
        return [
            self.rung(tokens, place)
            for tokens in self._lengths(longest, 2 if every else 4)
            for place in Place
            if place is Place.END or every or tokens in everywhere
        ]

    def rung(self, tokens: int, place: Place) -> Rung:
        """The document that makes a prompt of `tokens`; one that is too short for the evidence is filler."""
        blank = self._filled(tokens - self._count(""))
        room = tokens - self._count(self.query)
        if room < 0:
            return Rung(tokens, place, Pair(self.query, blank), Pair(self.query, blank))
        before = {Place.START: 0, Place.MIDDLE: room // 2, Place.END: room}[place]
        document = f"{FILLER * before} {self.query}{FILLER * (room - before)}".strip()
        return Rung(self._count(document), place, Pair(self.query, document), Pair(self.query, blank))

    def _lengths(self, longest: int, factor: int) -> list[int]:
        frame, document, steps = self._count(""), 1, set[int]()
        while frame + document < longest:
            steps.add(frame + document)
            document *= factor
        around = {chunk + d for chunk in CHUNKS for d in (-1, 0, 1)}
        steps |= {tokens for tokens in around if frame < tokens < longest}
        return sorted(steps | {longest, longest + 1, int(BEYOND * longest)})

    def _filled(self, tokens: int) -> str:
        return (FILLER * max(1, tokens)).strip()

    def _count(self, document: str) -> int:
        """Tokens of the prompt, uncut."""
        if self.reference is None:
            return len(f"{self.query} {document}".split())
        encoding = self.reference.encoding(Pair(self.query, document))
        return len(encoding.ids) + encoding.truncated
