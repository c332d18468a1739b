from .forward import try_forward


def score_batches(model, batches):
    scores = []
    for features in batches:
        result = try_forward(model, features)
        scores.extend(result or [0.0] * len(features["input_ids"]))
    return scores
