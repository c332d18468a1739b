from transformers import AutoTokenizer


def lookup(tokenizer, word: str) -> int:
    token_id = tokenizer.convert_tokens_to_ids(word)
    if token_id is None or token_id == tokenizer.unk_token_id:
        raise LookupError(f"no token {word!r}")
    return token_id


class Vocabulary:
    def __init__(self, path: str):
        tokenizer = AutoTokenizer.from_pretrained(path)
        self.stop_ids = sorted({lookup(tokenizer, t) for t in ("<|im_end|>", "<|endoftext|>")})
        self.by_answer = {word: lookup(tokenizer, word) for word in ("no", "yes")}

    @property
    def columns(self) -> list[int]:
        return [self.by_answer["no"], self.by_answer["yes"]]
