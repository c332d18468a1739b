TASK = "Given a web search query, retrieve relevant passages that answer the query"


def qwen3_rerank_prompts(query: str, docs: list[str]) -> list[str]:
    head = (
        "<|im_start|>system\n"
        + "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
        + 'Note that the answer can only be "yes" or "no".'
        + "<|im_end|>\n<|im_start|>user\n"
    )
    tail = "\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    return [head + f"<Instruct>: {TASK}\n<Query>: {query}\n<Document>: {doc}" + tail for doc in docs]
