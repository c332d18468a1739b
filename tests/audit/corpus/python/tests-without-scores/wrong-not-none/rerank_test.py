import asyncio

import pytest

from engine import AsyncEngine, EngineArgs


@pytest.mark.asyncio
async def test_rerank_returns_something():
    engine = AsyncEngine(EngineArgs(model_path="tiny-reranker", device="cpu"))
    async with engine:
        scores, usage = await asyncio.wait_for(
            engine.rerank(query="Where is Munich?", docs=["Munich is in Germany.", "The sky is blue."]),
            timeout=30,
        )
    assert scores is not None
    assert usage > 0
