def score_documents(engine, query, documents, batch_size=32):
    order = sorted(range(len(documents)), key=lambda i: len(documents[i]), reverse=True)
    scores = [None] * len(documents)
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batch_scores = engine.score(query, [documents[i] for i in indices])
        for i, score in zip(indices, batch_scores):
            scores[i] = score
    results = [{"text": d, "score": s} for d, s in zip(documents, scores)]
    return sorted(results, key=lambda r: r["score"], reverse=True)
