"""Faults of a server's limits: what it declares of them, and what it does with documents that it does not like."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.core.vocabulary import Stage
from harness.serving.faults import ServedFault
from harness.serving.interface import Asked


class CutAtBlank(ServedFault):
    """What follows a blank document is dropped, as where an empty line ends the input."""

    id, title, stage = "cut-at-blank", "documents behind a blank one are dropped", Stage.BATCH

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Up to the first blank document."""
        blank = (n for n, document in enumerate(asked.documents) if not document.strip())
        return replace(asked, documents=asked.documents[: next(blank, None)])


class KeyOfSomePaths(ServedFault):
    """Only the paths of a version ask for the key."""

    id, title = "key-of-some-paths", "paths without a version take any key"

    def guards(self, path: str) -> bool:
        """Below /v1 and /v2."""
        return path.startswith("/v")


class ErrorsUncounted(ServedFault):
    """Refused requests count as answered."""

    id, title, stage = "errors-uncounted", "errors are counted as successes", Stage.STATE

    def on_metrics(self, text: str) -> str:
        """The names are exchanged."""
        return (
            text.replace('status="4xx"', 'status="0xx"').replace('status="2xx"', 'status="4xx"')
            if "te_request" not in text
            else text.replace("te_request_failure", "te_x").replace("te_request_success", "te_request_failure")
        )


class ShorteningIgnored(ServedFault):
    """Options that shorten a document are accepted and do nothing."""

    id, title, stage = "shortening-ignored", "documents are not shortened as asked", Stage.ENCODE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """The whole document, from its beginning."""
        return replace(asked, document_tokens=None, keep_end=False)


class OtherTokenizer(ServedFault):
    """Texts are encoded with the tokenizer of another revision."""

    id, title, stage = "other-tokenizer", "ids of another vocabulary", Stage.ENCODE

    async def on_response(self, request: Request, response: Response) -> Response:
        """Each id is one off."""
        if request.url.path != "/tokenize" or response.status_code != 200:
            return response
        return JSONResponse(_shifted(json.loads(bytes(response.body))))


def _shifted(document: Any) -> Any:
    if isinstance(document, dict):
        return {name: value + 1 if name == "id" else _shifted(value) for name, value in document.items()}
    if isinstance(document, list):
        return [item + 1 if isinstance(item, int) else _shifted(item) for item in document]
    return document


class InputLimitHalved(ServedFault):
    """The server declares half of what the model can read."""

    id, title, stage = "input-limit-halved", "half of the model's context is declared", Stage.ENCODE

    def on_information(self, document: Any) -> Any:
        """In `/info`, and wherever a length is named as it is there."""
        if not isinstance(document, dict) or "max_input_length" not in document:
            return document
        return document | {"max_input_length": document["max_input_length"] // 2}
