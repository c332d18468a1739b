from .checks import require_finite


def build_results(scores: list[float], top_n: int | None = None) -> list[dict]:
    results = [{"index": i, "relevance_score": s} for i, s in enumerate(require_finite(scores))]
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return results[:top_n]
