from .prompts import to_prompt


class Collator:
    def __init__(self, tokenizer, document_limit):
        tokenizer.padding_side = "left"
        self.tokenizer = tokenizer
        self.document_limit = document_limit

    def shorten(self, document):
        enc = self.tokenizer(
            document, add_special_tokens=False, truncation=True, max_length=self.document_limit
        )
        return self.tokenizer.decode(enc["input_ids"])

    def __call__(self, pairs):
        texts = [to_prompt(q, self.shorten(d)) for q, d in pairs]
        return self.tokenizer(texts, padding=True, return_tensors="pt")
