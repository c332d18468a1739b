"""What a pipeline is made of: one variant of each stage, and how the last three answer a request. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from numpy.typing import ArrayLike

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.reference.reply import Reply, Response

if TYPE_CHECKING:
    from torch import Tensor

    from harness.reference.assemble import Prompt
    from harness.reference.batch import Batch
    from harness.reference.encode import Encoding


@dataclass(frozen=True, slots=True)
class RerankRequest:
    """One request: pairs that share query and instruction. `raw` asks for log-odds, `top_n` for the best few only."""

    pairs: tuple[Pair, ...]
    raw: bool = False
    top_n: int | None = None


Answering = Callable[[RerankRequest], Response]


class Activate(Protocol):
    """From answer logits of shape (B, k) to scores of shape (B,)."""

    def log_odds(self, logits: ArrayLike) -> Scores:
        """What a request for raw scores is answered with."""

    def __call__(self, logits: ArrayLike) -> Scores:
        """The scores."""


@dataclass(frozen=True, slots=True)
class Stages:
    """One variant of each stage; `dataclasses.replace` plants another."""

    assemble: Callable[[Pair], Prompt]
    encode: Callable[[Prompt], Encoding]
    batch: Callable[[Sequence[Encoding]], Batch]
    forward: Callable[[Batch], Tensor]
    head: Callable[[Tensor], Tensor]
    activate: Activate
    reply: Reply
    state: Callable[[Answering], Answering] = lambda answering: answering


def respond(stages: Stages, logits: Callable[[Sequence[Pair]], ArrayLike], request: RerankRequest) -> Response:
    """The response to one request: `logits` stands for the stages up to the head, the others follow."""

    def answer(request: RerankRequest) -> Response:
        found = logits(request.pairs)
        scores = stages.activate.log_odds(found) if request.raw else stages.activate(found)
        return stages.reply(scores, request.top_n)

    return stages.state(answer)(request)
