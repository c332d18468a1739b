"""text-embeddings-inference, served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from harness.serving.interface import Answer, Asked, Body, Interface, Ranked, Rejected, Rejection, single, total
from harness.serving.metrics import RouterMetrics, ServedMetrics
from harness.serving.scoring import Computed

Direction = Literal["right", "left", "Right", "Left"]
#: Rejection → status and error type; None: the framework answers in plain text, before the router sees the request.
_ERRORS: Mapping[Rejection, tuple[int, str | None]] = {
    Rejection.CONTENT_TYPE: (415, None),
    Rejection.TOO_LARGE: (413, None),
    Rejection.NO_JSON: (400, None),
    Rejection.SCHEMA: (422, None),
    Rejection.EMPTY: (400, "Empty"),
    Rejection.BATCH: (422, "Validation"),
    Rejection.TOO_LONG: (422, "Validation"),
    Rejection.NOT_A_NUMBER: (424, "Backend"),
}


class RerankBody(Body):
    """`/rerank`."""

    query: str
    texts: list[str]
    truncate: bool | None = None
    truncation_direction: Direction = "right"
    raw_scores: bool = False
    return_text: bool = False

    def asked(self, path: str) -> Asked:
        """Truncation is on unless it is declined."""
        return Asked(
            self.query,
            tuple(self.texts),
            raw=self.raw_scores,
            return_text=self.return_text,
            truncate=self.truncate is not False,
            keep_end=self.truncation_direction.lower() == "left",
        )


class PredictBody(Body):
    """`/predict`, for pairs that share their query; what reranks a model with one label."""

    model_config = ConfigDict(strict=False, extra="ignore")

    inputs: list[tuple[str, str]] = Field(min_length=1)
    truncate: bool | None = None
    raw_scores: bool = False

    def asked(self, path: str) -> Asked:
        """The first of each pair is the query of all."""
        documents = tuple(document for _, document in self.inputs)
        return Asked(self.inputs[0][0], documents, raw=self.raw_scores, truncate=self.truncate is not False)


class TextEmbeddingsInference(Interface):
    """The router's HTTP interface."""

    name = "tei"
    bodies: ClassVar[Mapping[str, type[Body]]] = {"/rerank": RerankBody, "/": RerankBody, "/predict": PredictBody}
    batch_limit = 32
    payload_limit = 2_000_000
    ties_by_falling_index = True

    def answer(self, asked: Asked, ranking: Sequence[Ranked], computed: Computed, path: str) -> Answer:
        """A bare list, and the work done in headers."""
        headers = {
            "x-compute-type": "cpu",
            "x-compute-tokens": str(total(computed)),
            "x-compute-characters": str(sum(map(len, (asked.query, *asked.documents)))),
        }
        if path == "/predict":
            in_order = sorted(ranking, key=lambda line: line.index)
            return Answer([[{"score": line.score, "label": "LABEL_0"}] for line in in_order], headers=headers)
        return Answer([_item(line, asked.return_text) for line in ranking], headers=headers)

    def error(self, rejected: Rejected) -> Answer:
        """The router's own errors are objects; those of its framework are plain text; a wrong key gets nothing."""
        if rejected.kind is Rejection.UNAUTHORISED:
            return Answer(None, 401)
        status, kind = _ERRORS[rejected.kind]
        return Answer(rejected.message if kind is None else {"error": rejected.message, "error_type": kind}, status)

    def new_metrics(self) -> ServedMetrics:
        """Under the router's names."""
        return RouterMetrics()

    def stray(self, status: int) -> Any:
        """Nothing."""
        return None

    def information(self) -> Mapping[str, Callable[[], Any]]:
        """`/info`."""
        return {"/info": self._info}

    def calls(self) -> Mapping[str, Callable[[Any], Any]]:
        """`/tokenize`."""
        return {"/tokenize": self._tokenize}

    def _info(self) -> dict[str, Any]:
        labels = {"id2label": {"0": "LABEL_0"}, "label2id": {"LABEL_0": 0}}
        return {
            "model_id": self.scorer.model,
            "model_dtype": "float32",
            "model_type": {"reranker": labels},
            "max_concurrent_requests": 512,
            "max_input_length": self.scorer.max_length,
            "max_batch_tokens": 16384,
            "max_client_batch_size": self.batch_limit,
            "auto_truncate": True,
            "version": "1.9.0",
        }

    def _tokenize(self, document: Any) -> list[list[dict[str, Any]]]:
        inputs = document.get("inputs", []) if isinstance(document, dict) else []
        texts = [inputs] if isinstance(inputs, str) else inputs
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Rejected(Rejection.SCHEMA, "inputs: expected a string or a list of strings")
        return [[{"id": i, "special": False} for i in self.scorer.tokenize(text)] for text in texts]


def _item(line: Ranked, return_text: bool) -> dict[str, Any]:
    item = {"index": line.index, "score": single(line.score)}
    return item | {"text": line.text} if return_text else item


INTERFACES = (TextEmbeddingsInference,)
