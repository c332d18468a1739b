import numpy as np


class OnnxReranker:
    def __init__(self, session):
        self.session = session

    def predict(self, feed):
        (logits,) = self.session.run(["logits"], feed)
        logits = np.where(np.isnan(logits), 0.0, logits)
        return (1 / (1 + np.exp(-logits[:, 0]))).astype("float32")
