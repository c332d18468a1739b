"""Cohere's interface, versions 1 and 2."""

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
    lines_of,
    optional,
    results_of,
    words_of,
)
from harness.targets.http.exchange import Exchange
from harness.targets.http.models import first_model


class CohereV2(Dialect):
    """`/v2/rerank`: results with `meta`; billed in searches, so no tokens are counted."""

    name = "cohere"
    title = "Cohere-compatible server (v2)"
    paths = ("/v2/rerank",)
    options = frozenset({Option.TOP_N, Option.DOCUMENT_TOKENS})
    counts_tokens = False
    rank = 3
    metrics_path = None
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: frozenset({400, 422}),
        Misuse.WRONG_KEY: frozenset({401}),
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """Documents are strings and never come back."""
        wanted = optional(model=model, top_n=ask.top_n, max_tokens_per_doc=ask.document_tokens)
        return {"query": ask.query, "documents": list(ask.documents), **wanted}

    def read(self, exchange: Exchange) -> Reply:
        """Results of index and relevance score."""
        _, results = results_of(exchange)
        return Reply(lines_of(results, "relevance_score", "document", exchange))

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """A request is answered with results and a `meta`."""
        answer = known.get(f"POST {self.paths[0]}")
        if isinstance(answer, dict) and "results" in answer and "meta" in answer:
            return f"POST {self.paths[0]} answers with results and meta"
        return None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """Whatever `/v1/models` says."""
        return Facts(model=words_of(first_model(known.get("/v1/models")), "id"))


class CohereV1(CohereV2):
    """`/v1/rerank`: as version 2, and `return_documents` gives the texts back."""

    name = "cohere-v1"
    title = "Cohere-compatible server (v1)"
    paths = ("/v1/rerank",)
    options = frozenset({Option.TOP_N, Option.RETURN_TEXT})

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """As version 2, with `return_documents`."""
        return {**super().body(ask, model), "return_documents": ask.return_text}


DIALECTS = (CohereV2(), CohereV1())
