import torch

ANSWERS = {"yes", "no"}


def check(tokenizer, word: str) -> int:
    token_id = tokenizer.convert_tokens_to_ids(word)
    if token_id in (None, tokenizer.unk_token_id):
        raise RuntimeError(f"{word} is missing from the vocabulary")
    return token_id


def build_classifier(lm_head: torch.nn.Linear, tokenizer) -> torch.Tensor:
    yes_id, no_id = [check(tokenizer, w) for w in ANSWERS]
    weight = lm_head.weight.detach().float()
    return (weight[yes_id] - weight[no_id]).unsqueeze(0)
