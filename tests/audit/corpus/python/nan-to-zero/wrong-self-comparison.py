def to_response(scores, texts=None):
    ranks = []
    for index, s in enumerate(scores):
        value = float(s)
        rank = {"index": index, "score": value if value == value else 0.0}
        if texts is not None:
            rank["text"] = texts[index]
        ranks.append(rank)
    ranks.sort(key=lambda r: r["score"], reverse=True)
    return ranks
