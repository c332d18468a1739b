import torch

from .base import ScoreModel


class DecoderScoreModel(ScoreModel):
    def __init__(self, model, yes_id: int, no_id: int):
        self.model = model
        self.yes_id, self.no_id = yes_id, no_id

    def forward_scores(self, batch) -> torch.Tensor:
        logits = self.model(**batch).logits
        last = batch["attention_mask"].sum(dim=1) - 1
        rows = logits[torch.arange(len(last), device=logits.device), last]
        pair = rows[:, [self.no_id, self.yes_id]].float()
        return torch.log_softmax(pair, dim=-1)[:, 1].exp()
