"""What is under verification: one small protocol that every kind of target implements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np

from harness.core.scores import Scale, Scores

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


class Order(StrEnum):
    """The order in which a target's own answer lists the documents, before it is mapped back by index."""

    OF_DOCUMENTS = "the order of the documents"
    DESCENDING = "falling score"
    DESCENDING_STABLE = "falling score, ties by rising index"
    DESCENDING_REVERSED = "falling score, ties by falling index"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a target declares of itself; checks hold it to this and leave out what it does not claim."""

    scale: Scale
    instruction: bool
    dialect: str | None = None
    raw_scores: bool = False
    """Whether log-odds can be had beside the scores of `scale`."""
    top_n: bool = False
    """Whether a request can ask for the best few only."""
    token_counts: bool = False
    """Whether an answer says how many tokens were computed."""
    applies_prompt: bool = True
    """Whether plain texts are put into the model's prompt (false: the caller must send them in it)."""
    prompt_by_caller: bool = False
    """Whether we put the texts into the prompt before they are sent (--prompt caller)."""
    batch_limit: int | None = None
    """Documents that one request may hold; None where there is no limit, or it is not known."""
    input_limit: int | None = None
    """Tokens of a whole prompt; None where it is not known."""
    order: Order = Order.OF_DOCUMENTS
    asks_again: bool = True
    """Whether a pair can be asked at will, and again (false for a recording)."""
    single_precision: bool = False
    """Whether scores are written as float32."""
    decimals: int | None = None
    """Decimals that scores are written with, where they were cut."""

    def as_written(self, scores: Scores) -> Scores:
        """`scores` with the digits that an answer of this target keeps."""
        if self.decimals is not None:
            return np.round(scores, self.decimals)
        return scores.astype(np.float32).astype(np.float64) if self.single_precision else scores


class Target(Protocol):
    """A reranker under verification.

    A target that is a server has one attribute more: `server`, a `harness.targets.http.server.Server`, through which
    checks of the protocol send requests of their own. One whose whole responses can be seen has the method
    `respond(request: RerankRequest)`: the lines in the order in which they came, and the tokens if they are told.
    """

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

        Raises TargetError when the target cannot be reached, Refused when it answers with an error of its own,
        MalformedAnswer when its answer is no list of scores, Unanswerable when it cannot be asked this, and DeviceError
        when it runs in this process and the device is out of memory or gone.
        """
