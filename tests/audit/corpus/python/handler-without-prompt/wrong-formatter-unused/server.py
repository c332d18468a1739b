from fastapi import APIRouter, Depends

from .prompts import DEFAULT_INSTRUCTION
from .state import Scorer, get_scorer

router = APIRouter()


@router.get("/info")
def info():
    return {"instruction": DEFAULT_INSTRUCTION, "model_type": {"reranker": {}}}


@router.post("/rerank")
def rerank(body: dict, scorer: Scorer = Depends(get_scorer)):
    pairs = [[body["query"], text] for text in body["texts"]]
    return [{"index": i, "score": s} for i, s in enumerate(scorer.score(pairs))]
