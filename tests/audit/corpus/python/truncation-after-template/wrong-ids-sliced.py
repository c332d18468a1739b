PARTS = (
    '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n',
    "<Instruct>: Given a web search query, retrieve relevant passages that answer the query\n",
    "<Query>: {}\n<Document>: {}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
)


def build_prompt(query: str, doc: str) -> str:
    return "".join(PARTS[:2]) + PARTS[2].format(query, doc)


def encode_rows(tokenizer, pairs, max_len=4096):
    rows = []
    for query, doc in pairs:
        ids = tokenizer.encode(build_prompt(query, doc), add_special_tokens=False)
        rows.append(ids[:max_len])
    return rows
