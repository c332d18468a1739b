import numpy as np


class OnnxCrossEncoder:
    def __init__(self, session, tokenizer):
        self.session = session
        self.tokenizer = tokenizer

    def _forward(self, pairs):
        enc = self.tokenizer(pairs, padding=True, truncation=True, return_tensors="np")
        logits = self.session.run(["logits"], dict(enc))[0][:, 0]
        return 1.0 / (1.0 + np.exp(-logits))

    def predict(self, pairs, normalize=True):
        scores = self._forward(pairs)
        if normalize:
            scores = 1.0 / (1.0 + np.exp(-scores))
        return scores.tolist()
