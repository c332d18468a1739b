import math

import torch


def yes_probability(logits, yes_id, no_id):
    pair = torch.stack([logits[:, no_id], logits[:, yes_id]], dim=1)
    return torch.softmax(pair, dim=1)[:, 1].tolist()


def normalize(score):
    return 1.0 / (1.0 + math.exp(-score))


def build_results(logits, documents, yes_id, no_id):
    scores = yes_probability(logits, yes_id, no_id)
    return [
        {"index": i, "document": doc, "relevance_score": normalize(score)}
        for i, (doc, score) in enumerate(zip(documents, scores))
    ]
