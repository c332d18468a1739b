"""vLLM: `/rerank` with an instruction and a choice of activation, `/score` beside it."""

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
    as_object,
    count_of,
    ids_of,
    limit_of,
    lines_of,
    number,
    optional,
    results_of,
    words_of,
)
from harness.targets.http.exchange import Call, Exchange
from harness.targets.http.models import first_model
from harness.targets.protocol import Order

_400 = frozenset({400})


class VLLM(Dialect):
    """The pooling server. It puts pairs into the model's prompt only where it was started with a chat template."""

    name = "vllm"
    title = "vLLM"
    paths = ("/rerank", "/v1/rerank", "/v2/rerank")
    options = frozenset(Option) - {Option.KEEP_END}
    order = Order.DESCENDING_STABLE
    top_n_zero = "all"
    always_returns_text = True
    rank = 2
    answered = Series("http_requests", {"handler": "/rerank", "method": "POST", "status": "2xx"})
    refused = Series("http_requests", {"handler": "/rerank", "method": "POST", "status": "4xx"})
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {
        Misuse.EMPTY_LIST: _400,
        Misuse.EMPTY_QUERY: ANSWERED,
        Misuse.BLANK_DOCUMENT: ANSWERED,
        Misuse.UNKNOWN_FIELD: ANSWERED,
        Misuse.MALFORMED_JSON: _400,
        Misuse.MISSING_FIELD: _400,
        Misuse.WRONG_TYPE: _400,
        Misuse.BAD_DOCUMENT: _400,
        Misuse.WRONG_CONTENT_TYPE: frozenset({400, 415}),
        Misuse.WRONG_METHOD: frozenset({405}),
        Misuse.WRONG_KEY: frozenset({401}),
        Misuse.TOP_N_ZERO: ANSWERED,
        Misuse.TOP_N_NEGATIVE: _400,
        Misuse.TOO_LONG: _400,
    }

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """Truncation to the model's length is asked for with -1."""
        return {
            "query": ask.query,
            "documents": list(ask.documents),
            "use_activation": not ask.raw,
            **optional(
                model=model,
                instruction=ask.instruction,
                top_n=ask.top_n,
                max_tokens_per_doc=ask.document_tokens,
            ),
            **({"truncate_prompt_tokens": -1} if ask.truncate else {}),
        }

    def read(self, exchange: Exchange) -> Reply:
        """Results with their documents, and the tokens of all prompts together."""
        document, results = results_of(exchange)
        lines = lines_of(results, "relevance_score", "document", exchange)
        return Reply(lines, count_of(document, "usage", "prompt_tokens") or count_of(document, "usage", "total_tokens"))

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """The list of models is owned by "vllm"."""
        model = first_model(known.get("/v1/models"))
        return (
            f"GET /v1/models lists {model.get('id')!r:.60}, owned by 'vllm'"
            if model.get("owned_by") == "vllm"
            else None
        )

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """From `/v1/models` and `/version`."""
        model, version = first_model(known.get("/v1/models")), known.get("/version")
        return Facts(
            version=words_of(version, "version"),
            model=words_of(model, "id"),
            input_limit=limit_of(model, "max_model_len"),
            truncates=False,
        )

    def second(self, ask: Ask, model: str | None) -> Call | None:
        """`/score` answers in the order of the documents."""
        fields = {name: value for name, value in self.body(ask, model).items() if name not in ("query", "top_n")}
        return Call("POST", "/score", {**fields, "queries": ask.query})

    def read_second(self, exchange: Exchange) -> list[float]:
        """`data`, each with index and score."""
        document = exchange.json()
        data = document.get("data") if isinstance(document, dict) else None
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise MalformedAnswer(f"/score answered {exchange.shown()}, where an object with data was expected")
        return [number(item.get("score"), "/score") for item in sorted(data, key=lambda item: item.get("index", 0))]

    def tokenize(self, text: str, model: str | None) -> Call | None:
        """`/tokenize` of a prompt."""
        return Call("POST", "/tokenize", {"prompt": text, "add_special_tokens": False, **optional(model=model)})

    def read_ids(self, exchange: Exchange) -> list[int]:
        """Under `tokens`."""
        return ids_of(as_object(exchange).get("tokens"), exchange)


DIALECTS = (VLLM(),)
