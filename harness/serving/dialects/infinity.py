"""Infinity, served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar

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
)
from harness.serving.scoring import Computed

Text = Annotated[str, Field(max_length=122_880)]
_ERRORS: Mapping[Rejection, int] = {Rejection.UNAUTHORISED: 401, Rejection.NOT_A_NUMBER: 500}


class RerankBody(Body):
    """`/rerank`; numbers are read leniently."""

    model_config = ConfigDict(strict=False, extra="ignore")

    query: Text
    documents: list[Text] = Field(min_length=1, max_length=2048)
    return_documents: bool = False
    raw_scores: bool = False
    model: str = "default/not-specified"
    top_n: int | None = Field(default=None, gt=0)

    def asked(self, path: str) -> Asked:
        """There is no instruction."""
        return Asked(
            self.query,
            tuple(self.documents),
            top_n=self.top_n,
            raw=self.raw_scores,
            return_text=self.return_documents,
        )


class Infinity(Interface):
    """Its own errors are a list of details, as its framework writes them."""

    name = "infinity"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/rerank": RerankBody}

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """Results, with documents if asked for; the usage counts characters."""
        characters = sum(len(asked.query) + len(document) for document in asked.documents)
        results = [
            {
                "relevance_score": line.score,
                "index": line.index,
                "document": line.text if asked.return_text else None,
            }
            for line in ranking
        ]
        usage = {"prompt_tokens": characters, "total_tokens": characters}
        head = {"object": "rerank", "model": self.scorer.model, "usage": usage, "id": "infinity-0", "created": 0}
        return Answer({**head, "results": results})

    def error(self, rejected: Rejected) -> Answer:
        """A list of details, or a sentence."""
        if rejected.kind is Rejection.UNAUTHORISED:
            return Answer({"detail": "Unauthorized"}, 401)
        detail = [{"type": rejected.kind.value, "loc": ["body"], "msg": rejected.message}]
        return Answer({"detail": detail}, _ERRORS.get(rejected.kind, 422))

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """The models."""
        listed = listed_model(self.scorer.model, "infinity", backend="torch", capabilities=["rerank"])
        described = {"openapi": "3.1.0", "info": {"title": "Infinity", "version": "0.0.78"}, "paths": {}}
        return {"/models": lambda: listed, "/openapi.json": lambda: described}


INTERFACES = (Infinity,)
