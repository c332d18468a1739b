import asyncio

from .base import PromptedModel


class Engine(PromptedModel):
    def __init__(self, forward, max_batch: int = 32) -> None:
        self._forward = forward
        self._max_batch = max_batch

    async def rerank(self, query: str, docs: list[str]) -> list[float]:
        inputs = self.build_inputs(query, docs)
        scores: list[float] = []
        for start in range(0, len(inputs), self._max_batch):
            scores += await asyncio.to_thread(self._forward, inputs[start : start + self._max_batch])
        return scores
