import numpy as np


def top_documents(documents: list[dict], logits: np.ndarray, k: int) -> list[dict]:
    scores = 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
    best = np.sort(scores)[::-1][:k]
    return [{**doc, "score": float(s)} for doc, s in zip(documents[:k], best)]
