import math


def to_response(scores, texts):
    ranks, errors = [], []
    for index, (score, text) in enumerate(zip(scores, texts, strict=True)):
        if math.isnan(score):
            errors.append({"index": index, "error": "score is NaN", "error_type": "Backend"})
        else:
            ranks.append({"index": index, "score": score, "text": text})
    if errors:
        return 424, {"errors": errors}
    ranks.sort(key=lambda r: r["score"], reverse=True)
    return 200, ranks
