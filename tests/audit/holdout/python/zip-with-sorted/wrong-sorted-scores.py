def rank(documents, scores, top_n=None):
    ranked_scores = sorted(scores, reverse=True)
    results = []
    for i, (doc, score) in enumerate(zip(documents, ranked_scores)):
        results.append({"index": i, "document": {"text": doc}, "relevance_score": score})
    return results[:top_n]
