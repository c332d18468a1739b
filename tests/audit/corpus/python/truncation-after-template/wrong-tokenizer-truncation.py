import torch

PREFIX = (
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
    'provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
)
SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"


class PromptEncoder:
    def __init__(self, tokenizer, max_length: int = 8192):
        self.tokenizer = tokenizer
        self.tokenizer.padding_side = "left"
        self.max_length = max_length

    def __call__(self, query: str, docs: list[str]) -> dict[str, torch.Tensor]:
        prompts = [
            f"{PREFIX}<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}" for doc in docs
        ]
        return self.tokenizer(
            prompts, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt"
        )
