import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


class PointwiseScorer:
    def __init__(self, path: str, device: torch.device) -> None:
        self.tok = AutoTokenizer.from_pretrained(path, padding_side="left")
        self.lm = AutoModelForCausalLM.from_pretrained(path).to(device)
        self.true_id = self.tok.encode("yes")[0]
        self.false_id = self.tok.encode("no")[0]

    @torch.inference_mode()
    def __call__(self, prompts: list[str]) -> torch.Tensor:
        enc = self.tok(prompts, padding=True, return_tensors="pt").to(self.lm.device)
        last = self.lm(**enc).logits[:, -1]
        return torch.sigmoid(last[:, self.true_id] - last[:, self.false_id])
