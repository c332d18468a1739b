import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    shifted = np.exp(x - x.max(axis=axis, keepdims=True))
    return shifted / shifted.sum(axis=axis, keepdims=True)


class OnnxScorer:
    def __init__(self, session):
        self.session = session

    def run(self, feed: dict[str, np.ndarray]) -> np.ndarray:
        (logits,) = self.session.run(["logits"], feed)
        if logits.ndim != 2 or logits.shape[1] != 2:
            raise ValueError(f"expected two labels, got shape {logits.shape}")
        return softmax(logits, axis=1)[:, 1]
