import torch


def single_token_id(tokenizer, word: str) -> int:
    ids = tokenizer.encode(word, add_special_tokens=False)
    if len(ids) != 1:
        raise ValueError(f"{word!r} is not a single token: {ids}")
    return ids[0]


class YesNoScorer:
    def __init__(self, model, tokenizer):
        self.model = model
        self.yes_id = single_token_id(tokenizer, "yes")
        self.no_id = single_token_id(tokenizer, "no")

    @torch.no_grad()
    def score(self, inputs):
        logits = self.model(**inputs, logits_to_keep=1).logits[:, 0]
        pair = logits[:, [self.no_id, self.yes_id]].float()
        return pair.softmax(dim=-1)[:, 1].tolist()
