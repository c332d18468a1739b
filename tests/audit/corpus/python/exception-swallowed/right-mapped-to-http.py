from fastapi import HTTPException

DEFAULT_SCORE_DIGITS = 6


async def score_or_refuse(engine, prompts: list[str]) -> list[float]:
    if not prompts:
        return []
    try:
        scores = await engine.score(prompts)
    except TimeoutError as exc:
        raise HTTPException(status_code=504, detail="the model took too long") from exc
    except Exception as exc:
        raise HTTPException(status_code=500, detail=f"scoring failed: {exc}") from exc
    return [round(s, DEFAULT_SCORE_DIGITS) for s in scores]
