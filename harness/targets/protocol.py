"""What is under verification: one small protocol that every kind of target implements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from harness.core.scores import Scale

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a target declares of itself; checks hold it to this and leave out what it does not claim."""

    scale: Scale
    instruction: bool
    dialect: str | None = None


class Target(Protocol):
    """A reranker under verification."""

    @property
    def spec(self) -> str:
        """The target as it was named on the command line."""

    @property
    def capabilities(self) -> Capabilities:
        """What the target declares."""

    @property
    def reranker(self) -> Reranker | None:
        """The pipeline behind the target where it runs in this process and its stages can be looked into."""

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """One score a document, in the order of `documents`, on the declared scale.

        Raises TargetError when the target cannot be reached or answers with something that is no list of scores.
        """
