"""SGLang: `/v1/rerank` with `instruct`, a bare list as answer."""

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
    limit_of,
    lines_of,
    optional,
    words_of,
)
from harness.targets.http.exchange import Exchange
from harness.targets.http.models import first_model

_400 = frozenset({400})


class SGLang(Dialect):
    """A server in generation mode scores Qwen3 rerankers as P(yes) over both answers, with a template of its own."""

    name = "sglang"
    title = "SGLang"
    paths = ("/v1/rerank",)
    options = frozenset({Option.INSTRUCTION, Option.TOP_N, Option.RETURN_TEXT})
    rank = 1
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: _400,
        Misuse.MALFORMED_JSON: _400,
        Misuse.MISSING_FIELD: _400,
        Misuse.WRONG_TYPE: _400,
        Misuse.BAD_DOCUMENT: _400,
        Misuse.TOP_N_ZERO: _400,
        Misuse.TOP_N_NEGATIVE: _400,
        Misuse.WRONG_KEY: frozenset({401}),
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """Documents come back unless they are declined."""
        return {
            "query": ask.query,
            "documents": list(ask.documents),
            "return_documents": ask.return_text,
            **optional(model=model, instruct=ask.instruction, top_n=ask.top_n),
        }

    def read(self, exchange: Exchange) -> Reply:
        """A bare list; each item counts its own tokens."""
        items = exchange.json()
        lines = lines_of(items, "score", "document", exchange)
        tokens = [count_of(item, "meta_info", "prompt_tokens") for item in items]
        return Reply(lines, sum(t for t in tokens if t is not None) if tokens and None not in tokens else None)

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """The list of models is owned by "sglang"."""
        model = first_model(known.get("/v1/models"))
        owned = model.get("owned_by") == "sglang"
        return f"GET /v1/models lists {model.get('id')!r:.60}, owned by 'sglang'" if owned else None

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """From `/v1/models` and `/get_server_info`."""
        model, server = first_model(known.get("/v1/models")), known.get("/get_server_info")
        return Facts(
            version=words_of(server, "version"),
            model=words_of(model, "id"),
            input_limit=limit_of(model, "max_model_len"),
        )


DIALECTS = (SGLang(),)
