from abc import ABC, abstractmethod


class RerankModel(ABC):
    @abstractmethod
    def encode(self, query: str, docs: list[str]): ...

    @abstractmethod
    def score(self, batch) -> list[float]: ...

    @property
    @abstractmethod
    def max_length(self) -> int: ...


class Qwen3RerankModel(RerankModel):
    def __init__(self, model, tokenizer):
        self.model = model
        self.tokenizer = tokenizer

    def score(self, batch) -> list[float]:
        return self.model.yes_probability(batch).tolist()
