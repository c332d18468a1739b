SYSTEM = (
    "Judge whether the Document is relevant to the Query based on the Instruct provided. "
    'The answer can only be "yes" or "no".'
)
DEFAULT_TASK = "Given a web search query, retrieve relevant passages that answer the query"


class Qwen3RerankerTemplate:
    def __init__(self, task=None):
        self.task = task or DEFAULT_TASK

    def render(self, query, doc):
        out = "<|im_start|>system\n" + SYSTEM + "<|im_end|>\n"
        out += "<|im_start|>user\n<Instruct>: " + self.task + "\n<Query>: " + query + "\n<Document>: " + doc
        out += "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
        return out
