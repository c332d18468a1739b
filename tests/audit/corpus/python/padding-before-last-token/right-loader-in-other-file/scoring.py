import torch

from .loading import load_tokenizer


class Scorer:
    def __init__(self, path: str, model, yes_no: tuple[int, int]) -> None:
        self.tokenizer = load_tokenizer(path)
        self.model = model
        self.yes_id, self.no_id = yes_no

    @torch.inference_mode()
    def log_odds(self, prompts: list[str]) -> torch.Tensor:
        enc = self.tokenizer(prompts, padding=True, return_tensors="pt").to(self.model.device)
        answer = self.model(**enc).logits[:, -1].float()
        return answer[:, self.yes_id] - answer[:, self.no_id]
