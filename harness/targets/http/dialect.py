"""What a dialect is: how a rerank request is said, how its answer is read, and what its server documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from harness.core.errors import MalformedAnswer
from harness.core.scores import Scale
from harness.targets.http.exchange import Call, Exchange
from harness.targets.protocol import Order


class Option(StrEnum):
    """What a request can ask for beside scores."""

    INSTRUCTION = "instruction"
    RAW_SCORES = "raw scores"
    TOP_N = "top_n"
    RETURN_TEXT = "returned texts"
    TRUNCATE = "truncation"
    KEEP_END = "truncation from the left"
    DOCUMENT_TOKENS = "tokens of a document"


class Misuse(StrEnum):
    """Requests that a server has to refuse, or to answer whole; what it does is documented for each dialect."""

    EMPTY_LIST = "no documents"
    EMPTY_QUERY = "an empty query"
    BLANK_DOCUMENT = "a blank document among others"
    UNKNOWN_FIELD = "an unknown field"
    MALFORMED_JSON = "malformed JSON"
    MISSING_FIELD = "no query"
    WRONG_TYPE = "a number for the query"
    BAD_DOCUMENT = "a number among the documents"
    WRONG_CONTENT_TYPE = "a body declared as plain text"
    WRONG_METHOD = "GET instead of POST"
    WRONG_KEY = "a wrong API key"
    HUGE_BODY = "a body of four megabytes"
    TOP_N_ZERO = "top_n 0"
    TOP_N_NEGATIVE = "top_n -1"
    TOO_MANY = "more documents than the batch limit"
    TOO_LONG = "a document beyond the input limit, truncation off"


ANSWERED: frozenset[int] = frozenset({200})
REFUSED: frozenset[int] = frozenset({400, 422})
LEFT_OPEN: frozenset[int] = ANSWERED | REFUSED

#: What HTTP itself says (RFC 9110), where a dialect documents nothing else.
COMMON: Mapping[Misuse, frozenset[int]] = {
    Misuse.EMPTY_LIST: REFUSED,
    Misuse.EMPTY_QUERY: LEFT_OPEN,
    Misuse.BLANK_DOCUMENT: LEFT_OPEN,
    Misuse.UNKNOWN_FIELD: LEFT_OPEN,
    Misuse.MALFORMED_JSON: REFUSED,
    Misuse.MISSING_FIELD: REFUSED,
    Misuse.WRONG_TYPE: REFUSED,
    Misuse.BAD_DOCUMENT: REFUSED,
    Misuse.WRONG_CONTENT_TYPE: frozenset({400, 415, 422}),
    Misuse.WRONG_METHOD: frozenset({404, 405}),
    Misuse.WRONG_KEY: frozenset({401, 403}),
    Misuse.HUGE_BODY: frozenset({200, 400, 413, 422}),
    Misuse.TOP_N_ZERO: LEFT_OPEN,
    Misuse.TOP_N_NEGATIVE: LEFT_OPEN,
    Misuse.TOO_MANY: frozenset({400, 413, 422}),
    Misuse.TOO_LONG: frozenset({400, 413, 422}),
}


#: No model reads more tokens, and no request holds more documents: a server that declares more is not believed, since
#: checks build inputs of the size that it names.
LARGEST_LIMIT = 2**20
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Series:
    """Samples of `/metrics` that count something: all of that name, with or without `_total`, with these labels."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """A rerank request in no dialect's words. `top_n` None leaves the field out."""

    query: str
    documents: tuple[str, ...]
    instruction: str | None = None
    top_n: int | None = None
    raw: bool = False
    return_text: bool = False
    truncate: bool | None = None
    """Whether what is too long may be shortened; None leaves it to the server."""
    keep_end: bool = False
    """Whether what is too long loses its beginning instead of its end."""
    document_tokens: int | None = None
    """Tokens of each document that are read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One document of an answer; a score that came as null is NaN."""

    index: int
    score: float
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in no dialect's words: its lines in the order in which they came, and the tokens it says it took."""

    lines: tuple[Line, ...]
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server says of itself."""

    version: str | None = None
    model: str | None = None
    batch_limit: int | None = None
    input_limit: int | None = None
    truncates: bool | None = None
    """Whether the server shortens what is too long without being asked; None where it does not say."""


@dataclass(frozen=True)
class Dialect:
    """One server's way of speaking. A dialect overrides what is its own; `paths` all answer the same request."""

    name: ClassVar[str]
    title: ClassVar[str]
    paths: ClassVar[tuple[str, ...]]
    options: ClassVar[frozenset[Option]]
    scale: ClassVar[Scale] = Scale.PROBABILITY
    order: ClassVar[Order] = Order.DESCENDING
    top_n_zero: ClassVar[str] = "refused"
    """What `top_n` 0 means: "refused", "none" or "all"."""
    documented: ClassVar[Mapping[Misuse, frozenset[int]]] = {}
    always_returns_text: ClassVar[bool] = False
    counts_tokens: ClassVar[bool] = True
    metrics_path: ClassVar[str | None] = "/metrics"
    answered: ClassVar[Series | None] = None
    """What counts the requests to the first path that were answered."""
    refused: ClassVar[Series | None] = None
    """What counts those that were refused."""
    rank: ClassVar[int] = 0
    """Servers are tried for the dialects of low rank first: those that say of themselves what they are."""

    def body(self, ask: Ask, model: str | None) -> dict[str, Any]:
        """The JSON body of a request."""
        raise NotImplementedError

    def read(self, exchange: Exchange) -> Reply:
        """The reply in an answer of status 200; MalformedAnswer says what is wrong with it."""
        raise NotImplementedError

    def recognise(self, known: Mapping[str, Any]) -> str | None:
        """How a server is known to speak this dialect by what it answered to GET (path → JSON), or None."""
        raise NotImplementedError

    def facts(self, known: Mapping[str, Any]) -> Facts:
        """What the server said of itself in those answers."""
        return Facts()

    def second(self, ask: Ask, model: str | None) -> Call | None:
        """Another endpoint's request for the same scores, where there is one."""
        return None

    def read_second(self, exchange: Exchange) -> list[float]:
        """The scores of that endpoint, in the order of the documents; NaN for null."""
        raise NotImplementedError

    def tokenize(self, text: str, model: str | None) -> Call | None:
        """A request for the ids of a text, nothing added at its ends; None where there is no such endpoint."""
        return None

    def read_ids(self, exchange: Exchange) -> list[int]:
        """The ids in the answer to that."""
        raise NotImplementedError

    def call(self, ask: Ask, model: str | None, path: str | None = None) -> Call:
        """The request, to the first of `paths` unless another is named."""
        return Call("POST", path or self.paths[0], self.body(ask, model))

    def statuses(self, misuse: Misuse) -> frozenset[int]:
        """The statuses that the dialect, or HTTP, documents for a misuse."""
        return self.documented.get(misuse, COMMON[misuse])

    def schema(self, part: str) -> dict[str, Any]:
        """The JSON Schema of "answer" or "error"."""
        document = _schemas(self.name)
        return document["$defs"][part]  # type: ignore[no-any-return]


@cache
def _schemas(name: str) -> dict[str, Any]:
    text = (files("harness.targets.http") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def lines_of(items: Any, score_field: str, text_of: str | None, exchange: Exchange) -> tuple[Line, ...]:
    """Lines from a list of objects; MalformedAnswer names the first item that is none."""
    if not isinstance(items, list):
        raise MalformedAnswer(f"{exchange.call.path} answered {exchange.shown()}, where a list of results was expected")
    return tuple(_line(item, score_field, text_of, exchange.call.path) for item in items)


def _line(item: Any, score_field: str, text_of: str | None, path: str) -> Line:
    index = item.get("index") if isinstance(item, dict) else None
    if not isinstance(index, int) or isinstance(index, bool) or score_field not in item:
        raise MalformedAnswer(f"{path} answered an item {item!r:.120}, which has no index or no {score_field}")
    text = item.get(text_of) if text_of else None
    if isinstance(text, dict):
        text = text.get("text")
    return Line(index, number(item[score_field], path), text if isinstance(text, str) else None)


def number(value: Any, path: str) -> float:
    """A score: null is NaN; MalformedAnswer for what is no number."""
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedAnswer(f"{path} answered a score of {value!r:.60}, which is no number")
    try:
        return float(value)
    except OverflowError:
        raise MalformedAnswer(f"{path} answered a score beyond every float: {str(value)[:40]}…") from None


def as_object(exchange: Exchange) -> dict[str, Any]:
    """The body as a JSON object; MalformedAnswer where it is something else."""
    document = exchange.json()
    if not isinstance(document, dict):
        raise MalformedAnswer(f"{exchange.call.path} answered {exchange.shown()}, where an object was expected")
    return document


def results_of(exchange: Exchange) -> tuple[dict[str, Any], Any]:
    """The object that most servers answer with, and its `results`."""
    document = as_object(exchange)
    return document, document.get("results")


def ids_of(found: Any, exchange: Exchange) -> list[int]:
    """A list of token ids; MalformedAnswer where it is something else."""
    if not isinstance(found, list) or not all(isinstance(i, int) for i in found):
        raise MalformedAnswer(f"{exchange.call.path} answered {exchange.shown()}, where token ids were expected")
    return found


def count_of(document: Any, *names: str) -> int | None:
    """The number at a path of names, if there is one."""
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, int) and not isinstance(document, bool) else None


def limit_of(document: Any, *names: str) -> int | None:
    """The limit at a path of names; None where there is none, or none that can be believed."""
    found = count_of(document, *names)
    return found if found is not None and 0 < found <= LARGEST_LIMIT else None


def words_of(document: Any, *names: str) -> str | None:
    """The text at a path of names, cut to a line's length, if there is one."""
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document[:LONGEST_NAME] if isinstance(document, str) else None


def optional(**fields: Any) -> dict[str, Any]:
    """The fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}
