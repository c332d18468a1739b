"""SGLang, served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from harness.serving.interface import (
    Answer,
    Asked,
    Body,
    Interface,
    Ranked,
    Rejected,
    Rejection,
    listed_model,
)
from harness.serving.scoring import Computed

_ERRORS: Mapping[Rejection, tuple[int, str]] = {
    Rejection.UNAUTHORISED: (401, "Unauthorized"),
    Rejection.TOO_LARGE: (413, "RequestEntityTooLarge"),
    Rejection.NOT_A_NUMBER: (500, "InternalServerError"),
}


class RerankBody(Body):
    """`/v1/rerank`; numbers are read leniently."""

    model_config = ConfigDict(strict=False, extra="ignore")

    query: str
    documents: list[str]
    instruct: str | None = None
    top_n: int | None = Field(default=None, ge=1)
    return_documents: bool = True
    model: str | None = None

    def asked(self, path: str) -> Asked:
        """Documents come back unless they are declined."""
        return Asked(self.query, tuple(self.documents), self.instruct, self.top_n, return_text=self.return_documents)


class SGLang(Interface):
    """A server in generation mode, which scores Qwen3 rerankers by both answers."""

    name = "sglang"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/v1/rerank": RerankBody}

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """A bare list; each item counts its own tokens."""
        return Answer([_item(line, asked.return_text, computed.tokens[line.index]) for line in ranking])

    def error(self, rejected: Rejected) -> Answer:
        """A flat object."""
        status, kind = _ERRORS.get(rejected.kind, (400, "BadRequest"))
        message = "Documents cannot be empty" if rejected.kind is Rejection.EMPTY else rejected.message
        return Answer({"object": "error", "message": message, "type": kind, "param": None, "code": status}, status)

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """Models and server."""
        model = listed_model(self.scorer.model, "sglang", max_model_len=self.scorer.max_length)
        return {"/v1/models": lambda: model, "/get_server_info": lambda: {"version": "0.5.23"}}


def _item(line: Ranked, return_text: bool, tokens: int) -> dict[str, Any]:
    item = {"score": line.score, "index": line.index, "meta_info": {"prompt_tokens": tokens}}
    return item | {"document": line.text} if return_text else item


INTERFACES = (SGLang,)
