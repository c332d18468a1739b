import torch
from transformers import Qwen3ForSequenceClassification

from .types import PaddedBatch


class ClassificationModel:
    def __init__(self, path: str, device: torch.device, dtype: torch.dtype):
        self.device = device
        self.model = Qwen3ForSequenceClassification.from_pretrained(path).to(dtype).to(device)

    @torch.inference_mode()
    def predict(self, rows: list[list[int]]) -> list[list[float]]:
        batch = PaddedBatch.from_rows(rows, self.device)
        out = self.model(
            input_ids=batch.input_ids, attention_mask=batch.attention_mask, position_ids=batch.position_ids
        )
        return out.logits.float().tolist()
