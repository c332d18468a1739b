from typing import Iterable


def answer_token_ids(tokenizer, words: Iterable[str] = ("no", "yes")) -> list[int]:
    found = set()
    for word in words:
        ids = tokenizer(word, add_special_tokens=False)["input_ids"]
        if len(ids) != 1:
            raise ValueError(f"{word} is not a single token")
        found.add(ids[0])
    return list(found)


class TwoWayHead:
    def __init__(self, tokenizer):
        ids = answer_token_ids(tokenizer)
        self.token_false_id = ids[0]
        self.token_true_id = ids[1]

    def log_odds(self, logits):
        return logits[..., self.token_true_id] - logits[..., self.token_false_id]
