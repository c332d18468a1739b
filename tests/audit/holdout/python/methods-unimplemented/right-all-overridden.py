from abc import ABC, abstractmethod


class BaseReranker(ABC):
    @abstractmethod
    def encode(self, prompts: list[str]): ...

    @abstractmethod
    def compute_scores(self, prompts: list[str]) -> list[float]: ...


class ClassifierReranker(BaseReranker):
    def __init__(self, model, tokenizer):
        self.model = model
        self.tokenizer = tokenizer

    def encode(self, prompts: list[str]):
        return self.tokenizer(prompts, padding=True, return_tensors="pt")

    def compute_scores(self, prompts: list[str]) -> list[float]:
        logits = self.model(**self.encode(prompts)).logits
        return logits.squeeze(-1).sigmoid().tolist()
