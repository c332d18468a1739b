import numpy as np


def top_documents(documents: list[dict], logits: np.ndarray, k: int) -> list[dict]:
    scores = 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
    best = np.argsort(-scores, kind="stable")[:k]
    return [{**documents[i], "score": float(scores[i])} for i in best]
