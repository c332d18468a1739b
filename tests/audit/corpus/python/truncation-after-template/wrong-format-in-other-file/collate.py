from .prompts import to_prompt


class Collator:
    def __init__(self, tokenizer, limit):
        tokenizer.padding_side = "left"
        self.tokenizer = tokenizer
        self.options = {"padding": True, "truncation": True, "max_length": limit, "return_tensors": "pt"}

    def __call__(self, pairs):
        texts = [to_prompt(q, d) for q, d in pairs]
        return self.tokenizer(texts, **self.options)
