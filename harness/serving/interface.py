"""What a served dialect has to say: its paths, how a body is understood, how a ranking and an error are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from harness.serving.metrics import ServedMetrics
from harness.serving.scoring import Computed, Scorer


class Rejection(StrEnum):
    """Why a request is not answered."""

    UNAUTHORISED = "unauthorised"
    CONTENT_TYPE = "content type"
    TOO_LARGE = "body too large"
    NO_JSON = "no JSON"
    SCHEMA = "schema"
    EMPTY = "no documents"
    BATCH = "batch too large"
    TOO_LONG = "input too long"
    NOT_A_NUMBER = "score is NaN"


class Rejected(Exception):
    """A request that is not answered; `message` is for people."""

    def __init__(self, kind: Rejection, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood. `top_n` None asks for all."""

    query: str
    documents: tuple[str, ...]
    instruction: str | None = None
    top_n: int | None = None
    raw: bool = False
    return_text: bool = False
    truncate: bool = True
    keep_end: bool = False
    document_tokens: int | None = None
    style: str = ""
    """Which of several shapes of answer was asked for, in a dialect that has several."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One document of a ranking: its place in the request, score and text."""

    index: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON (or plain text) and headers of a response."""

    document: Any
    status: int = 200
    headers: Mapping[str, str] | None = None


class Body(BaseModel):
    """A request body: types are taken at their word, unknown fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")

    def asked(self, path: str) -> Asked:
        """What the body asks for."""
        raise NotImplementedError


@dataclass(frozen=True)
class Interface:
    """One dialect, served."""

    scorer: Scorer
    name: ClassVar[str]
    bodies: ClassVar[Mapping[str, type[Body]]]
    """Path → body of the requests that are ranked."""
    batch_limit: ClassVar[int | None] = None
    payload_limit: ClassVar[int] = 50 * 2**20
    ties_by_falling_index: ClassVar[bool] = False
    measures: ClassVar[bool] = True
    """Whether `/metrics` is there."""

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """The response to a request."""
        raise NotImplementedError

    def error(self, rejected: Rejected) -> Answer:
        """The response to a request that is not answered."""
        raise NotImplementedError

    def new_metrics(self) -> ServedMetrics:
        """What its requests are counted with."""
        return ServedMetrics()

    def stray(self, status: int) -> Any:
        """The body of a 404 or 405."""
        return {"detail": "Method Not Allowed" if status == 405 else "Not Found"}

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """Path → what a GET answers there."""
        return {}

    def calls(self) -> Mapping[str, Callable[[Any], Any]]:
        """Path → what a POST of JSON answers there, beside ranking."""
        return {}

    def rank(self, asked: Asked, scores: Sequence[float], top_n: int | None) -> list[Ranked]:
        """Best first, ties by the dialect's rule, cut to `top_n`."""
        lines = [
            Ranked(i, single(score), text)
            for i, (score, text) in enumerate(zip(scores, asked.documents[: len(scores)], strict=True))
        ]
        sign = -1 if self.ties_by_falling_index else 1
        return sorted(lines, key=lambda line: (-line.score, sign * line.index))[:top_n]


def single(score: float) -> float:
    """`score` as float32, with its shortest decimals, as servers print it."""
    return float(str(np.float32(score)))


def total(computed: Computed) -> int:
    """Tokens of all prompts together."""
    return sum(computed.tokens)


def listed_model(model: str, owner: str, **more: Any) -> dict[str, Any]:
    """A list of one model, in the form that OpenAI's interface gave it."""
    entry = {"id": model, "object": "model", "created": 0, "owned_by": owner, **more}
    return {"object": "list", "data": [entry]}
