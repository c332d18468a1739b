"""Infinity: `/rerank` with `return_documents` and `raw_scores`."""

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
    Series,
    lines_of,
    optional,
    results_of,
    words_of,
)
from harness.targets.http.exchange import Exchange
from harness.targets.http.models import first_model

_422 = frozenset({422})


class Infinity(Dialect):
    """Pairs are scored as they are sent: there is no prompt template. Its usage counts characters, not tokens."""

    name = "infinity"
    title = "Infinity"
    paths = ("/rerank",)
    options = frozenset({Option.RAW_SCORES, Option.TOP_N, Option.RETURN_TEXT})
    counts_tokens = False
    rank = 1
    answered = Series("http_requests", {"handler": "/rerank", "method": "POST", "status": "2xx"})
    refused = Series("http_requests", {"handler": "/rerank", "method": "POST", "status": "4xx"})
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: _422,
        Misuse.MALFORMED_JSON: _422,
        Misuse.MISSING_FIELD: _422,
        Misuse.WRONG_TYPE: _422,
        Misuse.BAD_DOCUMENT: _422,
        Misuse.WRONG_CONTENT_TYPE: _422,
        Misuse.WRONG_METHOD: frozenset({405}),
        Misuse.WRONG_KEY: frozenset({401}),
        Misuse.TOP_N_ZERO: _422,
        Misuse.TOP_N_NEGATIVE: _422,
        Misuse.TOO_MANY: _422,
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """`raw_scores` leaves the sigmoid out."""
        return {
            "query": ask.query,
            "documents": list(ask.documents),
            "raw_scores": ask.raw,
            "return_documents": ask.return_text,
            **optional(model=model, top_n=ask.top_n),
        }

    def read(self, exchange: Exchange) -> Reply:
        """Results with their documents, if asked for."""
        _, results = results_of(exchange)
        return Reply(lines_of(results, "relevance_score", "document", exchange))

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """The list of models is owned by "infinity"."""
        model = first_model(known.get("/models"))
        owned = model.get("owned_by") == "infinity"
        return f"GET /models lists {model.get('id')!r:.60}, owned by 'infinity'" if owned else None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """From `/models` and the OpenAPI document. The limit of documents is that of its own schema."""
        return Facts(
            version=words_of(known.get("/openapi.json"), "info", "version"),
            model=words_of(first_model(known.get("/models")), "id"),
            batch_limit=2048,
            truncates=True,
        )


DIALECTS = (Infinity(),)
