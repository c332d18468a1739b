class PairFormatter:
    prefix = '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"

    def __init__(self, instruction: str = "Given a web search query, retrieve relevant passages that answer the query"):
        self.instruction = instruction

    def __call__(self, query: str, doc: str) -> str:
        lines = ["<Instruct>: " + self.instruction, "<Query>: " + query, "<Document>: " + doc]
        return self.prefix + "\n".join(lines) + self.suffix
