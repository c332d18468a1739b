"""What is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a document, judged under an instruction; None asks for the family's default instruction."""

    query: str
    document: str
    instruction: str | None = None


def by_request(pairs: Iterable[Pair]) -> Iterator[tuple[str, str | None, list[int], list[str]]]:
    """Group pairs into requests: (query, instruction, positions in `pairs`, documents), first met first."""
    groups: dict[tuple[str, str | None], tuple[list[int], list[str]]] = {}
    for position, pair in enumerate(pairs):
        positions, documents = groups.setdefault((pair.query, pair.instruction), ([], []))
        positions.append(position)
        documents.append(pair.document)
    for (query, instruction), (positions, documents) in groups.items():
        yield query, instruction, positions, documents
