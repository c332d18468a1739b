from fastapi import FastAPI
from pydantic import BaseModel

from server.engine import engine

app = FastAPI()
PREFIX = '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"


class RerankRequest(BaseModel):
    query: str
    documents: list[str]


def to_prompt(query: str, doc: str) -> str:
    return f"{PREFIX}<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}"


@app.post("/v1/rerank")
async def rerank(req: RerankRequest):
    prompts = [to_prompt(req.query, doc) for doc in req.documents]
    scores = await engine.score(prompts)
    return {"results": [{"index": i, "relevance_score": s} for i, s in enumerate(scores)]}
