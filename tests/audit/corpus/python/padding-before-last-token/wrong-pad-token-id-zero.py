import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer


class Qwen3SeqCls:
    def __init__(self, path: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.model = AutoModelForSequenceClassification.from_pretrained(path, num_labels=1)

    @torch.no_grad()
    def logits(self, prompts: list[str]) -> torch.Tensor:
        rows = [self.tokenizer.encode(p) for p in prompts]
        longest = max(len(r) for r in rows)
        ids = torch.tensor([r + [0] * (longest - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in rows])
        hidden = self.model.model(input_ids=ids, attention_mask=mask)[0]
        return self.model.score(hidden[:, -1, :]).flatten()
