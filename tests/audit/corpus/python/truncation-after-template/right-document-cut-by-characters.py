INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
TEMPLATE = (
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
    'provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"
    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
)


def make_inputs(query: str, docs: list[str], char_limit: int = 30_000) -> list[str]:
    inputs = []
    for doc in docs:
        text = doc[:char_limit] if len(doc) > char_limit else doc
        inputs.append(TEMPLATE.format(instruction=INSTRUCTION, query=query, doc=text))
    return inputs
