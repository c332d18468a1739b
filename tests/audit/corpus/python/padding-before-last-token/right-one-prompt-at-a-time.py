import torch


class SinglePromptScorer:
    """Scores one prompt per forward pass; nothing is padded."""

    def __init__(self, model, tokenizer, no_id: int, yes_id: int) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.no_id, self.yes_id = no_id, yes_id

    @torch.inference_mode()
    def score(self, prompt: str) -> float:
        enc = self.tokenizer(prompt, return_tensors="pt").to(self.model.device)
        logits = self.model(**enc).logits[0, -1].float()
        return torch.sigmoid(logits[self.yes_id] - logits[self.no_id]).item()

    def score_many(self, prompts: list[str]) -> list[float]:
        return [self.score(p) for p in prompts]
