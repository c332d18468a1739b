import torch
from fastapi import APIRouter, Request

from .prompts import format_prompt
from .scoring import yes_probabilities

router = APIRouter()


def score_prompts(state, prompts):
    state.tokenizer.padding_side = "left"
    enc = state.tokenizer(prompts, padding=True, return_tensors="pt").to(state.device)
    with torch.inference_mode():
        probs = yes_probabilities(state.model, enc, state.no_yes)
    return torch.sigmoid(probs).tolist()


@router.post("/rerank")
def rerank(body: dict, request: Request):
    prompts = [format_prompt(body["query"], text) for text in body["texts"]]
    return [{"index": i, "score": s} for i, s in enumerate(score_prompts(request.app.state, prompts))]
