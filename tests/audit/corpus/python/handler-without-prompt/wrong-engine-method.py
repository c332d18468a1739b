from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(slots=True)
class RerankItem:
    query: str
    document: str


class AsyncEngine:
    def __init__(self, backend, max_batch: int = 32) -> None:
        self._backend = backend
        self._max_batch = max_batch

    async def rerank(self, *, query: str, docs: list[str]) -> tuple[list[float], int]:
        items = [RerankItem(query, d) for d in docs]
        scores: list[float] = []
        usage = 0
        for start in range(0, len(items), self._max_batch):
            chunk = items[start : start + self._max_batch]
            batch_scores, tokens = await asyncio.to_thread(self._run, chunk)
            scores.extend(batch_scores)
            usage += tokens
        return scores, usage

    def _run(self, chunk: list[RerankItem]) -> tuple[list[float], int]:
        features = self._backend.encode_pre([(i.query, i.document) for i in chunk])
        return self._backend.encode_core(features), sum(len(f) for f in features["input_ids"])
