import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def single_token(tokenizer, word: str) -> int:
    ids = tokenizer.encode(word, add_special_tokens=False)
    if len(ids) != 1:
        raise ValueError(f"{word!r} is {len(ids)} tokens in this vocabulary, expected one")
    return ids[0]


class CausalReranker:
    def __init__(self, path: str, device: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(path, padding_side="left")
        self.model = AutoModelForCausalLM.from_pretrained(path).to(device).eval()
        self.yes_id = single_token(self.tokenizer, "yes")
        self.no_id = single_token(self.tokenizer, "no")

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        batch = self.tokenizer(prompts, padding=True, return_tensors="pt").to(self.model.device)
        logits = self.model(**batch).logits[:, -1, :]
        pair = torch.stack([logits[:, self.no_id], logits[:, self.yes_id]], dim=1)
        return torch.log_softmax(pair.float(), dim=1)[:, 1].exp().tolist()
