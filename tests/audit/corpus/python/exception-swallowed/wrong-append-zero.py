def score_one_by_one(model, pairs):
    scores = []
    for pair in pairs:
        try:
            value = model.predict([pair])[0]
            scores.append(float(value))
        except (RuntimeError, ValueError):
            scores.append(0.0)
    return scores
