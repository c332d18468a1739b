import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


class DecoderScorer:
    def __init__(self, path: str, yes_id: int, no_id: int):
        self.tokenizer = AutoTokenizer.from_pretrained(path, padding_side="right")
        self.model = AutoModelForCausalLM.from_pretrained(path).eval()
        self.columns = [no_id, yes_id]

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        enc = self.tokenizer(prompts, padding=True, return_tensors="pt")
        last = self.model(**enc).logits[:, -1, :]
        return last[:, self.columns].float().softmax(dim=-1)[:, 1].tolist()
