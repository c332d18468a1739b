"""Faults of the interface itself: what a server can do wrong around a sound model, each planted by its id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from harness.core.scores import Scores
from harness.core.vocabulary import Stage
from harness.serving.interface import Asked, Ranked
from harness.serving.scoring import Computed

Replying = Callable[[Scores, int | None], Sequence[Ranked]]
"""Scores of a request's documents and top_n → the ranking."""


class ServedFault:
    """A fault overrides the steps that it spoils; the others pass everything on."""

    id: str = ""
    title: str = ""
    stage: Stage = Stage.REPLY

    def guards(self, path: str) -> bool:
        """Whether a key is asked for on a path."""
        return True

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """What was asked."""
        return asked

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """What was computed."""
        return computed

    def reply(self, healthy: Replying) -> Replying:
        """How scores become a ranking."""
        return healthy

    def on_ranking(self, asked: Asked, ranking: Sequence[Ranked]) -> Sequence[Ranked]:
        """What is about to be answered."""
        return ranking

    async def on_response(self, request: Request, response: Response) -> Response:
        """The response, also of a request that was refused."""
        return response

    def on_information(self, document: Any) -> Any:
        """What the server says of itself."""
        return document

    def on_metrics(self, text: str) -> str:
        """The text of `/metrics`."""
        return text
