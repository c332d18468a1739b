import asyncio

from .inputs import encode_all


class Batcher:
    def __init__(self, runner, tokenizer, max_batch=16):
        self.runner, self.tokenizer, self.max_batch = runner, tokenizer, max_batch
        self.lock = asyncio.Lock()

    async def submit(self, query, texts):
        rows = encode_all(self.tokenizer, query, texts)
        scores = []
        async with self.lock:
            for start in range(0, len(rows), self.max_batch):
                scores += await asyncio.to_thread(self.runner, rows[start : start + self.max_batch])
        return scores
