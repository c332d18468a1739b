"""The faults of interfaces by id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from harness.core.vocabulary import Stage
from harness.serving.faults import ServedFault
from harness.serving.interface import Asked, Ranked


def served_faults() -> dict[str, type[ServedFault]]:
    """Every fault of an interface by its id; beside those of this module, those of each module named `*_faults`."""
    import harness.serving as package

    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name.endswith("_faults"):
            importlib.import_module(module.name)
    return {kind.id: kind for kind in sorted(_descendants(ServedFault), key=lambda kind: kind.id) if kind.id}


def _descendants(kind: type[ServedFault]) -> list[type[ServedFault]]:
    return [each for child in kind.__subclasses__() for each in (child, *_descendants(child))]


class TextOfNeighbour(ServedFault):
    """The returned texts are those of other documents."""

    id, title = "text-of-neighbour", "texts attached to other indices"

    def on_ranking(self, asked: Asked, ranking: Sequence[Ranked]) -> Sequence[Ranked]:
        """Each item with the next one's text."""
        texts = [line.text for line in ranking]
        return [replace(line, text=text) for line, text in zip(ranking, texts[1:] + texts[:1], strict=True)]


class RawIgnored(ServedFault):
    """The choice of raw scores is accepted and does nothing."""

    id, title, stage = "raw-ignored", "raw scores are activated all the same", Stage.ACTIVATE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Never raw."""
        return replace(asked, raw=False)


class EndpointsApart(ServedFault):
    """The second endpoint answers other scores than the first."""

    id, title, stage = "endpoints-apart", "two endpoints disagree", Stage.ACTIVATE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """The second endpoint turns raw and activated round."""
        return replace(asked, raw=not asked.raw) if request.url.path in ("/score", "/predict") else asked


class ErrorsAsSuccess(ServedFault):
    """Requests that should be refused are answered with status 200 and the error in the body."""

    id, title = "errors-as-success", "status 200 for errors"

    async def on_response(self, request: Request, response: Response) -> Response:
        """Whatever it was, it is called a success."""
        response.status_code = 200
        return response


class ErrorsAsCrash(ServedFault):
    """Requests that should be refused crash the handler."""

    id, title = "errors-as-crash", "status 500 for bad requests"

    async def on_response(self, request: Request, response: Response) -> Response:
        """A web framework's last resort."""
        return response if response.status_code == 200 else Response("Internal Server Error", 500)


class EmptyAnswered(ServedFault):
    """A request without documents is answered with status 200 and nothing."""

    id, title = "empty-answered", "no documents, no error"

    async def on_response(self, request: Request, response: Response) -> Response:
        """An empty list of results."""
        refused = response.status_code in (400, 422) and b"mpty" in bytes(response.body)
        return _with_body(response, b"[]", 200) if refused else response


def _with_body(response: Response, body: bytes, status: int | None = None) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(body, status or response.status_code, headers)
