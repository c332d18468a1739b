"""Jina's interface, which many hosted and proxied rerankers answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from harness.targets.http.dialect import (
    Ask,
    Dialect,
    Facts,
    Misuse,
    Option,
    Reply,
    count_of,
    lines_of,
    optional,
    results_of,
    words_of,
)
from harness.targets.http.exchange import Exchange
from harness.targets.http.models import first_model


class Jina(Dialect):
    """`/v1/rerank` with a model's name, documents and `return_documents`."""

    name = "jina"
    title = "Jina-compatible server"
    paths = ("/v1/rerank",)
    options = frozenset({Option.TOP_N, Option.RETURN_TEXT})
    rank = 4
    metrics_path = None
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {Misuse.EMPTY_LIST: frozenset({400, 422})}

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """Documents come back only if asked for."""
        return {
            "query": ask.query,
            "documents": list(ask.documents),
            "return_documents": ask.return_text,
            **optional(model=model, top_n=ask.top_n),
        }

    def read(self, exchange: Exchange) -> Reply:
        """Results, and the tokens of all prompts together."""
        document, results = results_of(exchange)
        tokens = count_of(document, "usage", "total_tokens")
        return Reply(lines_of(results, "relevance_score", "document", exchange), tokens)

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """A request to `/v1/rerank` is answered with results and a usage."""
        answer = known.get("POST /v1/rerank")
        if isinstance(answer, dict) and "results" in answer and "meta" not in answer:
            return "POST /v1/rerank answers with results and no meta"
        return None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """Whatever `/v1/models` says."""
        return Facts(model=words_of(first_model(known.get("/v1/models")), "id"))


DIALECTS = (Jina(),)
