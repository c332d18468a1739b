import math

from prometheus_client import Counter

NAN_SCORES = Counter("rerank_nan_scores_total", "Scores that were not a number")


def require_finite(scores: list[float]) -> list[float]:
    bad = [i for i, s in enumerate(scores) if not math.isfinite(s)]
    if bad:
        NAN_SCORES.inc(len(bad))
        raise ArithmeticError(f"scores {bad} are not finite")
    return scores
