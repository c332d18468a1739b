from fastapi import FastAPI
from pydantic import BaseModel

from server.engine import engine

app = FastAPI()


class RerankRequest(BaseModel):
    query: str
    documents: list[str]
    top_n: int | None = None


@app.post("/v1/rerank")
async def rerank(req: RerankRequest):
    pairs = [(req.query, doc) for doc in req.documents]
    scores = await engine.score(pairs)
    results = [{"index": i, "relevance_score": s} for i, s in enumerate(scores)]
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return {"model": "Qwen3-Reranker-0.6B", "results": results[: req.top_n]}
