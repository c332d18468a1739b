from tokenizers import Tokenizer


class Encoder:
    prefix = '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    task = "Given a web search query, retrieve relevant passages that answer the query"

    def __init__(self, path: str, max_length: int = 2048):
        self.tokenizer = Tokenizer.from_file(path)
        self.tokenizer.enable_truncation(max_length=max_length)

    def encode(self, query: str, docs: list[str]) -> list[list[int]]:
        body = "<Instruct>: %s\n<Query>: %s\n<Document>: %s"
        prompts = [self.prefix + body % (self.task, query, d) + self.suffix for d in docs]
        return [e.ids for e in self.tokenizer.encode_batch(prompts, add_special_tokens=False)]
