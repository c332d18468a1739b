"""Hugging Face text-embeddings-inference: `/rerank` with `texts`, a bare list as answer, `/predict` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from harness.core.errors import MalformedAnswer
from harness.targets.http.dialect import (
    ANSWERED,
    Ask,
    Dialect,
    Facts,
    Misuse,
    Option,
    Reply,
    Series,
    ids_of,
    limit_of,
    lines_of,
    number,
    optional,
    words_of,
)
from harness.targets.http.exchange import Call, Exchange
from harness.targets.protocol import Order


class TextEmbeddingsInference(Dialect):
    """The router's HTTP interface. Ties come by falling index: the router sorts upwards and turns the list around."""

    name = "tei"
    title = "text-embeddings-inference"
    paths = ("/rerank",)
    options = frozenset({Option.RAW_SCORES, Option.RETURN_TEXT, Option.TRUNCATE, Option.KEEP_END})
    order = Order.DESCENDING_REVERSED
    answered = Series("te_request_success")
    refused = Series("te_request_failure")
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: frozenset({400}),
        Misuse.EMPTY_QUERY: ANSWERED,
        Misuse.BLANK_DOCUMENT: ANSWERED,
        Misuse.UNKNOWN_FIELD: ANSWERED,
        Misuse.MALFORMED_JSON: frozenset({400}),
        Misuse.MISSING_FIELD: frozenset({422}),
        Misuse.WRONG_TYPE: frozenset({422}),
        Misuse.BAD_DOCUMENT: frozenset({422}),
        Misuse.WRONG_CONTENT_TYPE: frozenset({415}),
        Misuse.WRONG_METHOD: frozenset({405}),
        Misuse.WRONG_KEY: frozenset({401}),
        Misuse.HUGE_BODY: frozenset({413}),
        # 422 since 1.9.0, 413 before
        Misuse.TOO_MANY: frozenset({413, 422}),
        Misuse.TOO_LONG: frozenset({413, 422}),
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """`texts` where others say `documents`; there is no instruction and no top_n."""
        return {
            "query": ask.query,
            "texts": list(ask.documents),
            "raw_scores": ask.raw,
            "return_text": ask.return_text,
            **optional(truncate=ask.truncate, truncation_direction="left" if ask.keep_end else None),
        }

    def read(self, exchange: Exchange) -> Reply:
        """A bare list of index, score and, if asked for, text; the token count is in a header."""
        tokens = exchange.headers.get("x-compute-tokens", "")
        lines = lines_of(exchange.json(), "score", "text", exchange)
        return Reply(lines, int(tokens) if tokens.isdecimal() else None)

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """`/info` names the client's batch limit, as no other server does."""
        info = known.get("/info")
        if isinstance(info, dict) and "max_client_batch_size" in info:
            return f"GET /info answers with max_client_batch_size and model_id {info.get('model_id')!r:.60}"
        return None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """From `/info`."""
        info = known.get("/info")
        said = info.get("auto_truncate") if isinstance(info, dict) else None
        return Facts(
            version=words_of(info, "version"),
            model=words_of(info, "model_id"),
            batch_limit=limit_of(info, "max_client_batch_size"),
            input_limit=limit_of(info, "max_input_length"),
            truncates=said if isinstance(said, bool) else None,
        )

    def second(self, ask: Ask, model: str | None) -> Call | None:
        """`/predict` scores a list of pairs."""
        pairs = [[ask.query, document] for document in ask.documents]
        return Call("POST", "/predict", {"inputs": pairs, "raw_scores": ask.raw, **optional(truncate=ask.truncate)})

    def read_second(self, exchange: Exchange) -> list[float]:
        """A list of labels with scores for each pair; a reranker has one label."""
        answer = exchange.json()
        try:
            return [number(labels[0]["score"], "/predict") for labels in answer]
        except (TypeError, KeyError, IndexError):
            raise MalformedAnswer(f"/predict answered {exchange.shown()}, where a list a pair was expected") from None

    def tokenize(self, text: str, model: str | None) -> Call | None:
        """`/tokenize` takes one text or several."""
        return Call("POST", "/tokenize", {"inputs": text, "add_special_tokens": False})

    def read_ids(self, exchange: Exchange) -> list[int]:
        """A list of tokens for each text."""
        answer = exchange.json()
        try:
            return ids_of([token["id"] for token in answer[0]], exchange)
        except (TypeError, KeyError, IndexError):
            raise MalformedAnswer(f"/tokenize answered {exchange.shown()}, where a list a text was expected") from None


DIALECTS = (TextEmbeddingsInference(),)
