SYSTEM_PROMPT = (
    "Judge whether the Document is relevant to the Query based on the Instruct provided. "
    'Note that the answer can only be "yes" or "no".'
)
DEFAULT_TASK = "Given a web search query, retrieve relevant passages that answer the query"


def build_prompt(query: str, document: str, task: str = DEFAULT_TASK) -> str:
    user = f"<Instruct>: {task}\n<Query>: {query}\n<Document>: {document}"
    return (
        f"<|im_start|>system\n{SYSTEM_PROMPT}<|im_end|>\n"
        f"<|im_start|>user\n{user}<|im_end|>\n"
        "<|im_start|>assistant\n<think>\n\n</think>\n\n"
    )
