import torch
from transformers import AutoTokenizer, BertForSequenceClassification


class MiniLMScorer:
    """cross-encoder/ms-marco-MiniLM-L6-v2 takes the plain pair."""

    def __init__(self, path: str, max_length: int = 512):
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.model = BertForSequenceClassification.from_pretrained(path).eval()
        self.max_length = max_length

    @torch.inference_mode()
    def logits(self, queries: list[str], passages: list[str]) -> torch.Tensor:
        enc = self.tokenizer(
            queries,
            passages,
            padding=True,
            truncation="only_second",
            max_length=self.max_length,
            return_tensors="pt",
        )
        return self.model(**enc).logits.squeeze(-1)
