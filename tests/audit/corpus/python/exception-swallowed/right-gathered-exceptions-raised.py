import asyncio

import httpx


async def _one(client: httpx.AsyncClient, prompt: str) -> float:
    response = await client.post("/classify", json={"input": prompt})
    response.raise_for_status()
    return response.json()["data"][0]["probs"][0]


async def score_all(client: httpx.AsyncClient, prompts: list[str]) -> list[float]:
    outcomes = await asyncio.gather(*(_one(client, p) for p in prompts), return_exceptions=True)
    failures = [o for o in outcomes if isinstance(o, BaseException)]
    if failures:
        raise BaseExceptionGroup("some prompts were not scored", failures)
    return list(outcomes)
