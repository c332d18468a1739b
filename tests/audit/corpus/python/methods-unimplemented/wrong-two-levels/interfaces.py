from abc import ABC, abstractmethod


class Scorer(ABC):
    @property
    @abstractmethod
    def max_length(self) -> int: ...

    @abstractmethod
    def score(self, prompts: list[str]) -> list[float]: ...

    @abstractmethod
    def close(self) -> None: ...
