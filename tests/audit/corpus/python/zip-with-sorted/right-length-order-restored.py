import numpy as np


class LengthBatching:
    def __init__(self, scorer, batch_size=32):
        self.scorer = scorer
        self.batch_size = batch_size

    def score(self, prompts):
        order = np.argsort([-len(p) for p in prompts], kind="stable")
        ordered = [prompts[i] for i in order]
        scores = []
        for i in range(0, len(ordered), self.batch_size):
            scores.extend(self.scorer(ordered[i : i + self.batch_size]))
        return [scores[i] for i in np.argsort(order)]
