import httpx
from fastapi import FastAPI

app = FastAPI()
backend = httpx.AsyncClient(base_url="http://127.0.0.1:9000")
SYSTEM = (
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".'
)


def templated(instruction: str, query: str, doc: str) -> str:
    user = f"<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"
    return (
        f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n"
        "<|im_start|>assistant\n<think>\n\n</think>\n\n"
    )


@app.on_event("startup")
async def warm_up() -> None:
    text = templated("Given a web search query, retrieve relevant passages that answer the query", "a", "b")
    (await backend.post("/classify", json={"input": [text]})).raise_for_status()


@app.post("/v2/rerank")
async def rerank(body: dict):
    texts = [" ".join((body["query"], d)) for d in body["documents"]]
    response = await backend.post("/classify", json={"input": texts})
    response.raise_for_status()
    probs = [row["probs"][0] for row in response.json()["data"]]
    return {"results": [{"index": i, "relevance_score": p} for i, p in enumerate(probs)]}
