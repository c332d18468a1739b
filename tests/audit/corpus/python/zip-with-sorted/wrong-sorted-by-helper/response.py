from .ranking import descending


def results_for(documents: list[str], scores: list[float]) -> list[dict]:
    return [
        {"index": i, "document": document, "relevance_score": score}
        for i, (document, score) in enumerate(zip(documents, descending(scores)))
    ]
