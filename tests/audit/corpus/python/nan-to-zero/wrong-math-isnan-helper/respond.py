from .clean import finite


def build_results(scores: list[float], top_n: int | None = None) -> list[dict]:
    results = [{"index": i, "relevance_score": finite(s)} for i, s in enumerate(scores)]
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return results[:top_n]
