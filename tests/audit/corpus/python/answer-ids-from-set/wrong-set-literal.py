import torch


def one_id(tokenizer, word):
    ids = tokenizer.encode(word, add_special_tokens=False)
    if len(ids) != 1:
        raise ValueError(f"{word!r} must be exactly one token, got {ids}")
    return ids[0]


class Scorer:
    def __init__(self, tokenizer):
        answers = {one_id(tokenizer, "yes"), one_id(tokenizer, "no")}
        self.yes_id, self.no_id = answers

    def __call__(self, last_logits: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(last_logits[:, self.yes_id] - last_logits[:, self.no_id])
