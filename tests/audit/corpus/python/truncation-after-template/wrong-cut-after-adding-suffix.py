class IdBuilder:
    def __init__(self, tokenizer, prefix: str, suffix: str, max_tokens: int) -> None:
        self.tokenizer = tokenizer
        self.prefix_ids = tokenizer.encode(prefix, add_special_tokens=False)
        self.suffix_ids = tokenizer.encode(suffix, add_special_tokens=False)
        self.max_tokens = max_tokens

    def build(self, instruction: str, query: str, doc: str) -> list[int]:
        body = f"<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"
        ids = self.prefix_ids + self.tokenizer.encode(body, add_special_tokens=False) + self.suffix_ids
        if len(ids) > self.max_tokens:
            del ids[self.max_tokens :]
        return ids
