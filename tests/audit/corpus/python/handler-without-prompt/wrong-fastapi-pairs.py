from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import CrossEncoder

app = FastAPI()
model = CrossEncoder("/models/Qwen3-Reranker-0.6B")


class RerankRequest(BaseModel):
    query: str
    texts: list[str]


@app.post("/rerank")
async def rerank(request: RerankRequest):
    pairs = [(request.query, text) for text in request.texts]
    scores = model.predict(pairs)
    ranked = sorted(enumerate(scores), key=lambda item: item[1], reverse=True)
    return [{"index": i, "score": float(s)} for i, s in ranked]
