import math


def to_results(documents, scores, top_n=None):
    results = []
    for index, (doc, score) in enumerate(zip(documents, scores)):
        score = float(score)
        if math.isnan(score):
            score = 0.0
        results.append({"index": index, "document": doc, "relevance_score": score})
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return results[:top_n] if top_n else results
