from abc import ABC, abstractmethod


class Scorer(ABC):
    @property
    @abstractmethod
    def max_length(self) -> int: ...

    @property
    @abstractmethod
    def model_type(self) -> str: ...

    @abstractmethod
    def score(self, features) -> list[float]: ...


def _first_column(self, features) -> list[float]:
    return self.model(**features).logits[:, 0].float().tolist()


class BertScorer(Scorer):
    max_length = 512
    model_type = "bert"
    score = _first_column

    def __init__(self, model):
        self.model = model
