from abc import ABC, abstractmethod


class BaseReranker(ABC):
    @abstractmethod
    def load(self, path: str) -> None:
        pass

    @abstractmethod
    def compute_scores(self, prompts: list[str]) -> list[float]:
        pass


class Qwen3Reranker(BaseReranker):
    def load(self, path: str) -> None:
        from transformers import AutoModelForCausalLM

        self.model = AutoModelForCausalLM.from_pretrained(path).eval()

    def compute_scores(self, prompts: list[str]) -> list[float]:
        raise NotImplementedError("Qwen3 scoring is not supported yet")
