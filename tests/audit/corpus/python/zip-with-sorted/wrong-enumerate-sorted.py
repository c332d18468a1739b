def tei_response(scores, texts=None):
    """The body of a /rerank answer: index, score and perhaps the text."""
    ranks = []
    for index, score in enumerate(sorted(scores, reverse=True)):
        rank = {"index": index, "score": score}
        if texts:
            rank["text"] = texts[index]
        ranks.append(rank)
    return ranks
