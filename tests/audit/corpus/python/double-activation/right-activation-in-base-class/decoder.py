import torch

from .base import ScoreModel


class DecoderScoreModel(ScoreModel):
    def __init__(self, model, yes_id: int, no_id: int):
        self.model = model
        self.yes_id, self.no_id = yes_id, no_id

    def forward_logits(self, batch) -> torch.Tensor:
        logits = self.model(**batch).logits
        last = batch["attention_mask"].sum(dim=1) - 1
        rows = logits[torch.arange(len(last), device=logits.device), last]
        return (rows[:, self.yes_id] - rows[:, self.no_id]).float()
