from abc import abstractmethod, ABC
from typing import Generic, TypeVar

Batch = TypeVar("Batch")


class BaseCrossEncoder(ABC, Generic[Batch]):
    @property
    def capabilities(self) -> set[str]:
        return {"rerank"}

    @abstractmethod
    def encode_pre(self, pairs: list[tuple[str, str]]) -> Batch: ...

    @abstractmethod
    def encode_core(self, features: Batch): ...

    @abstractmethod
    def encode_post(self, out) -> list[float]: ...

    @abstractmethod
    def tokenize_lengths(self, sentences: list[str]) -> list[int]: ...
