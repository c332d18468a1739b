import torch
from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()


class EmbedRequest(BaseModel):
    inputs: list[str]
    normalize: bool = True


@app.get("/health")
def health() -> dict:
    return {"status": "ok"}


@app.post("/embed")
async def embed(body: EmbedRequest, request: Request) -> list[list[float]]:
    state = request.app.state
    enc = state.tokenizer(body.inputs, padding=True, truncation=True, return_tensors="pt")
    with torch.inference_mode():
        hidden = state.encoder(**enc.to(state.device)).last_hidden_state[:, 0]
    if body.normalize:
        hidden = torch.nn.functional.normalize(hidden, dim=-1)
    return hidden.tolist()
