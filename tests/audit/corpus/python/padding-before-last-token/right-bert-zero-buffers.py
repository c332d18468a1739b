import torch
from transformers import BertForSequenceClassification


class EncoderClassifier:
    """BERT's padding token is 0, and the head reads the first token."""

    def __init__(self, path: str, device: torch.device) -> None:
        self.device = device
        self.model = BertForSequenceClassification.from_pretrained(path).to(device).eval()

    @torch.inference_mode()
    def predict(self, rows: list[list[int]]) -> list[list[float]]:
        shape = (len(rows), max(map(len, rows)))
        input_ids = torch.zeros(shape, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        for i, row in enumerate(rows):
            input_ids[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
        out = self.model(input_ids=input_ids.to(self.device), attention_mask=mask.to(self.device))
        return out.logits.float().tolist()
