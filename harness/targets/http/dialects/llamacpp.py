"""llama.cpp's server: `/v1/rerank`, which answers like Jina, or like TEI where `texts` are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from harness.core.errors import MalformedAnswer
from harness.reference.reply import in_document_order
from harness.targets.http.dialect import (
    Ask,
    Dialect,
    Facts,
    Misuse,
    Option,
    Reply,
    as_object,
    count_of,
    ids_of,
    limit_of,
    lines_of,
    optional,
    results_of,
    words_of,
)
from harness.targets.http.exchange import Call, Exchange
from harness.targets.http.models import first_model

_400 = frozenset({400})


class LlamaCpp(Dialect):
    """For Qwen3 rerankers the score is a probability and the template comes from the GGUF, instruction included."""

    name = "llamacpp"
    title = "llama.cpp server"
    paths = ("/rerank", "/reranking", "/v1/rerank", "/v1/reranking")
    options = frozenset({Option.TOP_N})
    top_n_zero = "none"
    rank = 1
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: _400,
        Misuse.MALFORMED_JSON: frozenset({400, 500}),
        Misuse.MISSING_FIELD: _400,
        Misuse.WRONG_TYPE: _400,
        Misuse.BAD_DOCUMENT: _400,
        Misuse.WRONG_KEY: frozenset({401}),
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """The shape that Jina's interface has."""
        return {"query": ask.query, "documents": list(ask.documents), **optional(model=model, top_n=ask.top_n)}

    def read(self, exchange: Exchange) -> Reply:
        """Results without documents, and the tokens of all prompts together."""
        document, results = results_of(exchange)
        return Reply(lines_of(results, "relevance_score", None, exchange), count_of(document, "usage", "prompt_tokens"))

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """`/props` holds the settings that generation starts from."""
        props = known.get("/props")
        if isinstance(props, dict) and "default_generation_settings" in props:
            return f"GET /props answers with default_generation_settings, build {props.get('build_info')!r:.40}"
        return None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """From `/props` and `/v1/models`."""
        props = known.get("/props")
        return Facts(
            version=words_of(props, "build_info"),
            model=words_of(first_model(known.get("/v1/models")), "id"),
            input_limit=limit_of(props, "default_generation_settings", "n_ctx"),
        )

    def second(self, ask: Ask, model: str | None) -> Call | None:
        """The same path answers in TEI's shape where `texts` are sent."""
        return Call("POST", self.paths[0], {"query": ask.query, "texts": list(ask.documents), **optional(model=model)})

    def read_second(self, exchange: Exchange) -> list[float]:
        """A bare list of index and score."""
        items = exchange.json()
        lines = lines_of(items, "score", "text", exchange)
        if not isinstance(items, list):
            raise MalformedAnswer(f"{exchange.call.path} answered {exchange.shown()}, where a list was expected")
        return in_document_order(lines, len(lines))

    def tokenize(self, text: str, model: str | None) -> Call | None:
        """`/tokenize` of a content, control tokens parsed."""
        return Call("POST", "/tokenize", {"content": text, "add_special": False, "parse_special": True})

    def read_ids(self, exchange: Exchange) -> list[int]:
        """Under `tokens`."""
        return ids_of(as_object(exchange).get("tokens"), exchange)


DIALECTS = (LlamaCpp(),)
