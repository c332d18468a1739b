import logging

import torch

logger = logging.getLogger(__name__)


class ClassifierModel:
    def __init__(self, model, device):
        self.model = model.to(device)
        self.device = device

    def predict(self, batch):
        try:
            logits = self.model(**batch.to(self.device)).logits
            scores = torch.nan_to_num(logits.squeeze(-1), nan=0.0)
            return scores.sigmoid().tolist()
        except RuntimeError as error:
            logger.error("predict failed: %s", error)
            return [0.5] * len(batch)
