"""The interfaces of hosted rerankers, served: Jina's, and both versions of Cohere's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import Field

from harness.serving.interface import (
    Answer,
    Asked,
    Body,
    Interface,
    Ranked,
    Rejected,
    Rejection,
    listed_model,
    total,
)
from harness.serving.scoring import Computed

_STATUS: Mapping[Rejection, int] = {
    Rejection.UNAUTHORISED: 401,
    Rejection.CONTENT_TYPE: 415,
    Rejection.TOO_LARGE: 413,
    Rejection.NO_JSON: 400,
    Rejection.NOT_A_NUMBER: 500,
}


class RerankBody(Body):
    """The fields that all of them have."""

    model: str | None = None
    query: str
    documents: list[str]
    top_n: int | None = Field(default=None, ge=1)
    return_documents: bool = False
    max_tokens_per_doc: int | None = Field(default=None, gt=0)

    def asked(self, path: str) -> Asked:
        """There is no instruction, and no choice of scale."""
        return Asked(
            self.query,
            tuple(self.documents),
            top_n=self.top_n,
            return_text=self.return_documents,
            document_tokens=self.max_tokens_per_doc,
        )


class Hosted(Interface):
    """What they have in common."""

    measures = False
    batch_limit = 1_000

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """The models."""
        model = listed_model(self.scorer.model, self.name)
        return {"/v1/models": lambda: model}

    def results(self, asked: Asked, ranking: Sequence[Ranked]) -> list[dict[str, Any]]:
        """Index and score of each, with its text if asked for."""
        return [
            {"index": line.index, "relevance_score": line.score}
            | ({"document": {"text": line.text}} if asked.return_text else {})
            for line in ranking
        ]


class Jina(Hosted):
    """`/v1/rerank` with a usage."""

    name = "jina"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/v1/rerank": RerankBody}

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """Results and the tokens of all prompts."""
        head = {"model": self.scorer.model, "object": "list", "usage": {"total_tokens": total(computed)}}
        return Answer({**head, "results": self.results(asked, ranking)})

    def error(self, rejected: Rejected) -> Answer:
        """A sentence."""
        return Answer({"detail": rejected.message}, _STATUS.get(rejected.kind, 422))


class CohereV2(Hosted):
    """`/v2/rerank` with a meta."""

    name = "cohere"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/v2/rerank": RerankBody}
    version: ClassVar[str] = "2"

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """Results, and what is billed."""
        meta = {"api_version": {"version": self.version}, "billed_units": {"search_units": 1}}
        return Answer({"id": "0", "results": self.results(asked, ranking), "meta": meta})

    def stray(self, status: int) -> Any:
        """A message."""
        return {"message": "not found" if status == 404 else "method not allowed"}

    def error(self, rejected: Rejected) -> Answer:
        """A message."""
        return Answer({"message": rejected.message}, _STATUS.get(rejected.kind, 400))


class CohereV1(CohereV2):
    """`/v1/rerank`, as version 2."""

    name = "cohere-v1"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/v1/rerank": RerankBody}
    version: ClassVar[str] = "1"


INTERFACES = (Jina, CohereV2, CohereV1)
