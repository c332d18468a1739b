from enum import Enum

RERANKER_MARKERS = ("reranker", "cross-encoder", "ms-marco")


class ModelKind(str, Enum):
    EMBEDDING = "embedding"
    RERANKER = "reranker"


class ModelInfo:
    def __init__(self, name: str, revision: str = "main"):
        self.name = name
        self.revision = revision

    @property
    def kind(self) -> ModelKind:
        is_reranker = any(marker in self.name.casefold() for marker in RERANKER_MARKERS)
        return ModelKind.RERANKER if is_reranker else ModelKind.EMBEDDING
