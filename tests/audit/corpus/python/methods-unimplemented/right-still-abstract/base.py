from abc import ABC, abstractmethod


class BaseCrossEncoder(ABC):
    @abstractmethod
    def encode_pre(self, pairs: list[tuple[str, str]]): ...

    @abstractmethod
    def encode_core(self, features): ...

    @abstractmethod
    def encode_post(self, out) -> list[float]: ...
