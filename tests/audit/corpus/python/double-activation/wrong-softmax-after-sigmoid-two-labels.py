import numpy as np
from scipy.special import expit, softmax


def logits_to_scores(logits):
    return expit(np.asarray(logits, dtype=np.float32))


def predict_labels(runner, texts, labels):
    rows = logits_to_scores(runner(texts))
    probabilities = softmax(rows, axis=-1)
    result = []
    for row in probabilities:
        best = int(row.argmax())
        result.append({"label": labels[best], "score": float(row[best])})
    return result
