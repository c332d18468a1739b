import numpy as np


class OnnxCrossEncoder:
    def __init__(self, session, tokenizer):
        self.session = session
        self.tokenizer = tokenizer

    def _forward(self, pairs):
        enc = self.tokenizer(pairs, padding=True, truncation=True, return_tensors="np")
        return self.session.run(["logits"], dict(enc))[0][:, 0]

    def predict(self, pairs, raw_scores=False):
        logits = self._forward(pairs)
        if raw_scores:
            return logits.tolist()
        return (1.0 / (1.0 + np.exp(-logits))).tolist()
