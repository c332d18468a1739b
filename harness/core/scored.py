"""Scores by pair, in little room: a collection may hold a million pairs."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from harness.core.pairs import Pair


class Scored(MutableMapping[Pair, float]):
    """Remembers scores by pair, in a table a query and instruction: a pair costs an entry of its document, whose text
    is elsewhere too, and no object of its own. First come the pairs of the request that was met first.
    """

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str | None], dict[str, float]] = {}

    def __getitem__(self, pair: Pair) -> float:
        try:
            return self._tables[pair.query, pair.instruction][pair.document]
        except KeyError:
            raise KeyError(pair) from None

    def __setitem__(self, pair: Pair, score: float) -> None:
        self._tables.setdefault((pair.query, pair.instruction), {})[pair.document] = score

    def __delitem__(self, pair: Pair) -> None:
        del self._tables[pair.query, pair.instruction][pair.document]

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, Pair):
            return False
        table = self._tables.get((pair.query, pair.instruction))
        return table is not None and pair.document in table

    def __iter__(self) -> Iterator[Pair]:
        for (query, instruction), table in self._tables.items():
            for document in table:
                yield Pair(query, document, instruction)

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))
