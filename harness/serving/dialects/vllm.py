"""vLLM, served."""

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
    total,
)
from harness.serving.scoring import Computed

#: Rejection → status and the kind of error that is named.
_ERRORS: Mapping[Rejection, tuple[int, str]] = {
    Rejection.TOO_LARGE: (413, "Request Entity Too Large"),
    Rejection.NOT_A_NUMBER: (500, "Internal Server Error"),
}
_BAD_REQUEST = (400, "Bad Request")


class RerankBody(Body):
    """`/rerank` and its versions; numbers are read leniently, as the server's own model does."""

    model_config = ConfigDict(strict=False, extra="ignore")

    query: str
    documents: list[str] | str = Field(min_length=1)
    model: str | None = None
    top_n: int = 0
    truncate_prompt_tokens: int | None = None
    max_tokens_per_doc: int | None = Field(default=None, gt=0)
    instruction: str | None = None
    use_activation: bool | None = None

    def asked(self, path: str) -> Asked:
        """`top_n` 0 asks for all."""
        documents = (self.documents,) if isinstance(self.documents, str) else tuple(self.documents)
        if self.top_n < 0:
            raise Rejected(Rejection.SCHEMA, "top_n: must not be negative")
        return Asked(
            self.query,
            documents,
            self.instruction,
            top_n=self.top_n or None,
            raw=self.use_activation is False,
            return_text=True,
            truncate=self.truncate_prompt_tokens is not None,
            document_tokens=self.max_tokens_per_doc,
        )


class ScoreBody(RerankBody):
    """`/score`."""

    query: str = Field(alias="queries")


class VLLM(Interface):
    """The pooling server."""

    name = "vllm"
    bodies: ClassVar[Mapping[str, type[Body]]] = {
        **dict.fromkeys(("/rerank", "/v1/rerank", "/v2/rerank"), RerankBody),
        **dict.fromkeys(("/score", "/v1/score"), ScoreBody),
    }

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """Results with documents and usage; `/score` in the order of the documents."""
        usage = {"prompt_tokens": total(computed), "total_tokens": total(computed), "completion_tokens": 0}
        head = {"id": "score-0" if path.endswith("score") else "rerank-0", "model": self.scorer.model, "usage": usage}
        if path.endswith("score"):
            lines = sorted(ranking, key=lambda line: line.index)
            data = [{"index": line.index, "object": "score", "score": line.score} for line in lines]
            return Answer({**head, "object": "list", "created": 0, "data": data})
        results = [
            {"index": line.index, "document": {"text": line.text}, "relevance_score": line.score} for line in ranking
        ]
        return Answer({**head, "results": results})

    def error(self, rejected: Rejected) -> Answer:
        """An object `error` with message, type, param and code."""
        if rejected.kind is Rejection.UNAUTHORISED:
            return Answer({"error": "Unauthorized"}, 401)
        status, kind = _ERRORS.get(rejected.kind, _BAD_REQUEST)
        return Answer({"error": {"message": rejected.message, "type": kind, "param": None, "code": status}}, status)

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """Models and version."""
        model = listed_model(self.scorer.model, "vllm", max_model_len=self.scorer.max_length)
        return {"/v1/models": lambda: model, "/version": lambda: {"version": "0.32.0"}}

    def calls(self) -> Mapping[str, Callable[[Any], Any]]:
        """`/tokenize`."""
        return {"/tokenize": self._tokenize}

    def _tokenize(self, document: Any) -> dict[str, Any]:
        prompt = document.get("prompt") if isinstance(document, dict) else None
        if not isinstance(prompt, str):
            raise Rejected(Rejection.SCHEMA, "prompt: Field required")
        ids = self.scorer.tokenize(prompt)
        return {"count": len(ids), "max_model_len": self.scorer.max_length, "tokens": ids, "token_strs": None}


INTERFACES = (VLLM,)
