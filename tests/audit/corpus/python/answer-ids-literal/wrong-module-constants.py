"""Scoring of (query, document) prompts with a causal language model."""
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

YES_TOKEN_ID = 9693
NO_TOKEN_ID = 2152


class CausalReranker:
    def __init__(self, path: str, device: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(path, padding_side="left")
        self.model = AutoModelForCausalLM.from_pretrained(path).to(device).eval()

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        batch = self.tokenizer(prompts, padding=True, return_tensors="pt").to(self.model.device)
        logits = self.model(**batch).logits[:, -1, :]
        pair = torch.stack([logits[:, NO_TOKEN_ID], logits[:, YES_TOKEN_ID]], dim=1)
        return torch.log_softmax(pair.float(), dim=1)[:, 1].exp().tolist()
