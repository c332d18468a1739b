import torch


def answer_id(tokenizer, word):
    token_id = tokenizer.convert_tokens_to_ids(word)
    if token_id is None or token_id == tokenizer.unk_token_id:
        raise RuntimeError(f"tokenizer has no token {word!r}")
    return token_id


class Scorer:
    def __init__(self, model, tokenizer):
        self.model = model
        self.yes_id = answer_id(tokenizer, "yes")
        self.no_id = answer_id(tokenizer, "no")

    @torch.no_grad()
    def __call__(self, inputs):
        logits = self.model(**inputs).logits[:, -1]
        pair = torch.stack([logits[:, self.no_id], logits[:, self.yes_id]], dim=1)
        return torch.softmax(pair, dim=1)[:, 1].tolist()
