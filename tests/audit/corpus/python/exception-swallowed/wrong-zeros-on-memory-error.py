import numpy as np
import torch


class BatchScorer:
    def __init__(self, model, batch_size=64):
        self.model = model
        self.batch_size = batch_size

    def _score(self, features):
        try:
            out = self.model(**features).logits[:, 0]
            return torch.sigmoid(out.float()).cpu().numpy()
        except torch.cuda.OutOfMemoryError:
            torch.cuda.empty_cache()
            return np.zeros(features["input_ids"].shape[0], dtype=np.float32)

    def score(self, batches):
        return np.concatenate([self._score(b) for b in batches])
