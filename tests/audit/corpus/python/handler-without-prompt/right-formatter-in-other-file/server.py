from fastapi import APIRouter, Depends

from .state import Scorer, get_scorer

router = APIRouter()


@router.post("/rerank")
def rerank(body: dict, scorer: Scorer = Depends(get_scorer)):
    pairs = [[body["query"], text] for text in body["texts"]]
    return [{"index": i, "score": s} for i, s in enumerate(scorer.score(pairs))]
