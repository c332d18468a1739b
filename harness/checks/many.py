"""Questions of many pairs: asked one query with its documents after the other, by this process or by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.core.pairs import Pair
from harness.scoring.units import by_unit
from harness.scoring.worker import Scorer

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Places of some pairs in a question, and their scores.
Part = tuple[Sequence[int], Sequence[float]]
Asking = Callable[[Sequence[Pair]], Iterator[Part]]
#: A question of fewer pairs is answered before workers are there: 256 of the embedded model take a third of a second,
#: and two workers are ready after five.
MANY = 256


def parts(pairs: Sequence[Pair], many: Asking | None, one: Scorer) -> Iterator[Part]:
    """All pairs of a question with their scores, in parts: of `many` where there are enough for it, else of `one`.

    Pairs are scored in the same units by both, and so the scores are the same.
    """
    if many is not None and len(pairs) >= MANY:
        yield from many(pairs)
        return
    for unit, places in by_unit(pairs):
        yield places, one.score(unit.query, unit.documents, unit.instruction)


@dataclass(frozen=True, slots=True)
class LogOdds:
    """What a model defines, one query with its documents at a time."""

    reranker: Reranker

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Log-odds of each document."""
        log_odds = self.reranker.log_odds([Pair(query, document, instruction) for document in documents])
        return [float(odds) for odds in log_odds]
