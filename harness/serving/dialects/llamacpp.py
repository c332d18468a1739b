"""llama.cpp's server, served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from harness.serving.interface import (
    Answer,
    Asked,
    Body,
    Interface,
    Ranked,
    Rejected,
    Rejection,
    listed_model,
    total,
)
from harness.serving.scoring import Computed

_ERRORS: Mapping[Rejection, tuple[int, str]] = {
    Rejection.UNAUTHORISED: (401, "authentication_error"),
    Rejection.NO_JSON: (500, "server_error"),
    Rejection.TOO_LONG: (500, "server_error"),
    Rejection.NOT_A_NUMBER: (500, "server_error"),
}
_PATHS = ("/rerank", "/reranking", "/v1/rerank", "/v1/reranking")


class RerankBody(Body):
    """`documents`, or `texts` for an answer in TEI's shape."""

    query: str
    documents: list[str] | None = None
    texts: list[str] | None = None
    top_n: int | None = None
    return_text: bool = False

    def asked(self, path: str) -> Asked:
        """`top_n` 0 asks for none; a negative one is answered as no other."""
        given = self.texts if self.documents is None else self.documents
        if given is None:
            raise Rejected(Rejection.SCHEMA, '"documents" must be a non-empty string array')
        top_n = None if self.top_n is None else max(0, self.top_n)
        style = "tei" if self.documents is None else "jina"
        return Asked(self.query, tuple(given), top_n=top_n, return_text=self.return_text, style=style)


class LlamaCpp(Interface):
    """The server of a GGUF with a rerank template."""

    name = "llamacpp"
    bodies: ClassVar[Mapping[str, type[Body]]] = dict.fromkeys(_PATHS, RerankBody)

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """Results with usage, or a bare list."""
        if asked.style == "tei":
            text = {line.index: {"text": line.text} if asked.return_text else {} for line in ranking}
            return Answer([{"index": line.index, "score": line.score, **text[line.index]} for line in ranking])
        usage = {"prompt_tokens": total(computed), "total_tokens": total(computed)}
        results = [{"index": line.index, "relevance_score": line.score} for line in ranking]
        return Answer({"model": self.scorer.model, "object": "list", "usage": usage, "results": results})

    def error(self, rejected: Rejected) -> Answer:
        """An object `error` with code, message and type."""
        status, kind = _ERRORS.get(rejected.kind, (400, "invalid_request_error"))
        return Answer({"error": {"code": status, "message": rejected.message, "type": kind}}, status)

    def stray(self, status: int) -> Any:
        """An error as any other."""
        return {"error": {"code": status, "message": "File Not Found", "type": "not_found_error"}}

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """Properties and models."""
        settings = {"n_ctx": self.scorer.max_length}
        props = {"default_generation_settings": settings, "total_slots": 1, "build_info": "b0-0"}
        model = listed_model(self.scorer.model, "llamacpp")
        return {"/props": lambda: props, "/v1/models": lambda: model}

    def calls(self) -> Mapping[str, Callable[[Any], Any]]:
        """`/tokenize`."""
        return {"/tokenize": self._tokenize}

    def _tokenize(self, document: Any) -> dict[str, Any]:
        content = document.get("content", "") if isinstance(document, dict) else None
        if not isinstance(content, str):
            raise Rejected(Rejection.SCHEMA, '"content" must be a string')
        return {"tokens": self.scorer.tokenize(content)}


INTERFACES = (LlamaCpp,)
