from dataclasses import dataclass


@dataclass(frozen=True)
class PromptParts:
    prefix: str = (
        "<|im_start|>system\n"
        "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
        'Note that the answer can only be "yes" or "no".<|im_end|>\n'
        "<|im_start|>user\n"
    )
    suffix: str = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    instruction: str = "Given a web search query, retrieve relevant passages that answer the query"

    def body(self, query: str, doc: str) -> str:
        return "<Instruct>: {}\n<Query>: {}\n<Document>: {}".format(self.instruction, query, doc)

    def __call__(self, query: str, doc: str) -> str:
        return self.prefix + self.body(query, doc) + self.suffix
