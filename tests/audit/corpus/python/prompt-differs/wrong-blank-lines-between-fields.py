prefix = '<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"

query_template = "{prefix}<Instruct>: {instruction}\n\n<Query>: {query}\n\n"
document_template = "<Document>: {doc}{suffix}"


def build(queries, documents, instruction="Given a web search query, retrieve relevant passages that answer the query"):
    left = [query_template.format(prefix=prefix, instruction=instruction, query=q) for q in queries]
    right = [document_template.format(doc=d, suffix=suffix) for d in documents]
    return [a + b for a, b in zip(left, right, strict=True)]
