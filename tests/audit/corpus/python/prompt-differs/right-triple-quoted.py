TEMPLATE = """\
<|im_start|>system
Judge whether the Document meets the requirements based on the Query and the Instruct provided. \
Note that the answer can only be "yes" or "no".<|im_end|>
<|im_start|>user
<Instruct>: {instruction}
<Query>: {query}
<Document>: {doc}<|im_end|>
<|im_start|>assistant
<think>

</think>

"""


def render(query: str, doc: str, instruction: str | None = None) -> str:
    return TEMPLATE.format(
        instruction=instruction or "Given a web search query, retrieve relevant passages that answer the query",
        query=query,
        doc=doc,
    )
