from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()
PREFIX = (
    "<|im_start|>system\n"
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".<|im_end|>\n'
    "<|im_start|>user\n"
)
SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"


class RerankRequest(BaseModel):
    query: str
    texts: list[str]
    instruction: str = "Given a web search query, retrieve relevant passages that answer the query"


@app.post("/rerank")
async def rerank(body: RerankRequest, request: Request):
    prompts = [
        f"{PREFIX}<Instruct>: {body.instruction}\n<Query>: {body.query}\n<Document>: {text}{SUFFIX}"
        for text in body.texts
    ]
    scores = await request.app.state.scorer.score(prompts)
    ranked = sorted(enumerate(scores), key=lambda item: item[1], reverse=True)
    return [{"index": i, "score": float(s)} for i, s in ranked]
