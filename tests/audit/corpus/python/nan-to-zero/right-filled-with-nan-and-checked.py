import numpy as np


def scatter(order: list[int], chunks: list[np.ndarray]) -> np.ndarray:
    scores = np.full(len(order), np.nan, dtype=np.float32)
    position = 0
    for chunk in chunks:
        for value in chunk:
            scores[order[position]] = value
            position += 1
    missing = np.flatnonzero(np.isnan(scores))
    if missing.size:
        raise RuntimeError(f"no finite score for documents {missing.tolist()}")
    return scores
