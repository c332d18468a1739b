def score_documents(engine, query, documents, batch_size=32):
    ordered = sorted(documents, key=len, reverse=True)
    scores = []
    for start in range(0, len(ordered), batch_size):
        batch = ordered[start : start + batch_size]
        scores.extend(engine.score(query, batch))
    return [
        {"text": doc, "score": score}
        for doc, score in zip(documents, scores)
    ]
