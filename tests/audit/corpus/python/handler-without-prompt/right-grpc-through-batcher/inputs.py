SYSTEM = (
    'Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that '
    'the answer can only be "yes" or "no".'
)
TASK = "Given a web search query, retrieve relevant passages that answer the query"


def encode_all(tokenizer, query, texts):
    head = tokenizer.encode(f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n", add_special_tokens=False)
    tail = tokenizer.encode(
        "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n", add_special_tokens=False
    )
    rows = []
    for text in texts:
        body = f"<Instruct>: {TASK}\n<Query>: {query}\n<Document>: {text}"
        rows.append(head + tokenizer.encode(body, add_special_tokens=False) + tail)
    return rows
