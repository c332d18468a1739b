import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer


class PairScorer:
    def __init__(self, path: str, device: str):
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.model = AutoModelForSequenceClassification.from_pretrained(path, num_labels=1).to(device).eval()

    @torch.inference_mode()
    def score(self, pairs: list[tuple[str, str]]) -> list[float]:
        enc = self.tokenizer(pairs, padding=True, truncation=True, return_tensors="pt").to(self.model.device)
        logits = self.model(**enc).logits
        return torch.sigmoid(logits.float())[:, 0].tolist()
