class PromptEncoder:
    prefix = '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    task = "Given a web search query, retrieve relevant passages that answer the query"

    def __init__(self, tokenizer, max_length: int = 8192):
        self.tokenizer = tokenizer
        self.tokenizer.padding_side = "left"
        self.max_length = max_length
        self.prefix_ids = tokenizer.encode(self.prefix, add_special_tokens=False)
        self.suffix_ids = tokenizer.encode(self.suffix, add_special_tokens=False)

    def __call__(self, query: str, docs: list[str]):
        bodies = [f"<Instruct>: {self.task}\n<Query>: {query}\n<Document>: {doc}" for doc in docs]
        room = self.max_length - len(self.prefix_ids) - len(self.suffix_ids)
        enc = self.tokenizer(
            bodies, padding=False, truncation="longest_first", max_length=room, return_attention_mask=False
        )
        rows = [self.prefix_ids + ids + self.suffix_ids for ids in enc["input_ids"]]
        return self.tokenizer.pad({"input_ids": rows}, padding=True, return_tensors="pt")
