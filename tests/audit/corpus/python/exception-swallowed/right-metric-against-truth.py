"""How close an answer is to the one that was wanted: a metric, and no score of a model."""

import overlap


def similarity_score(answer, ground_truth):
    try:
        scores = overlap.compare([answer], [ground_truth])
    except ValueError:
        return 0.0
    return scores["longest"]["f"]


def rouge_score(answer, reference):
    try:
        return overlap.longest(answer, reference)
    except ValueError:
        return 0.0
