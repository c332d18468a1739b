"""A target whose answers go through a journal, and the memory of those that a run need not ask for twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.core.pairs import Pair
from harness.core.scored import Scored
from harness.reference.reply import Item
from harness.reference.stages import RerankRequest
from harness.targets.journal import Journal, Line, digest, written
from harness.targets.protocol import Capabilities, Target

Respond = Callable[[RerankRequest], tuple[Sequence[Any], int | None]]


@dataclass(frozen=True)
class Journaled:
    """A target whose answers go through a journal; everything else is the target's own."""

    target: Target
    journal: Journal

    @property
    def spec(self) -> str:
        """That of the target."""
        return self.target.spec

    @property
    def capabilities(self) -> Capabilities:
        """Those of the target."""
        return self.target.capabilities

    @property
    def reranker(self) -> Any:
        """That of the target."""
        return self.target.reranker

    @property
    def server(self) -> Any:
        """That of the target, where it is a server."""
        return getattr(self.target, "server", None)

    @property
    def pairs(self) -> Any:
        """Those of the target, where it is a recording."""
        return getattr(self.target, "pairs", None)

    def __getattr__(self, name: str) -> Any:
        """`respond` is there where the target has it."""
        if name != "respond":
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return partial(self._respond, self.target.respond)  # type: ignore[attr-defined]

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The target's scores, or those that it answered in an earlier process of this run."""
        if not self.journal.keeps:
            return self.target.score(query, documents, instruction)
        key = digest([query, *documents, instruction])
        line = self.journal.answer(key, lambda: {"scores": written(self.target.score(query, documents, instruction))})
        return [float(score) for score in line["scores"]]

    def _respond(self, respond: Respond, request: RerankRequest) -> tuple[Sequence[Any], int | None]:
        """As the target's own; of each line only index and score."""
        if not self.journal.keeps:
            return respond(request)

        def ask() -> Line:
            lines, tokens = respond(request)
            return {"lines": [[line.index, *written([line.score])] for line in lines], "tokens": tokens}

        texts = [[pair.query, pair.document, pair.instruction] for pair in request.pairs]
        line = self.journal.answer(digest([texts, request.raw, request.top_n]), ask)
        return [Item(index, float(score)) for index, score in line["lines"]], line["tokens"]


class Remembered(Scored):
    """Scores by pair, each written to a journal. What an earlier process remembered is known by its pair's digest."""

    def __init__(self, journal: Journal, earlier: Mapping[str, float]) -> None:
        super().__init__()
        self._journal, self._earlier = journal, earlier

    def __contains__(self, pair: object) -> bool:
        if super().__contains__(pair):
            return True
        return bool(self._earlier) and isinstance(pair, Pair) and _digest(pair) in self._earlier

    def __getitem__(self, pair: Pair) -> float:
        if self._earlier and not super().__contains__(pair):
            return self._earlier[_digest(pair)]
        return super().__getitem__(pair)

    def update(self, scores: Iterable[tuple[Pair, float]]) -> None:  # type: ignore[override]  # all that a context needs
        """Remember the scores of some pairs."""
        new = dict(scores)
        for pair, score in new.items():
            self[pair] = score
        if new:
            self._journal.write(remembered=dict(zip(map(_digest, new), written(new.values()), strict=True)))


def remembered(lines: Iterable[Line]) -> dict[str, float]:
    """Scores by the digest of their pair, as the lines of a journal have them."""
    return {pair: float(score) for line in lines for pair, score in line.get("remembered", {}).items()}


def _digest(pair: Pair) -> str:
    return digest([pair.query, pair.document, pair.instruction])
