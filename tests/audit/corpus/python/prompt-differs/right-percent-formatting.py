CHATML = "<|im_start|>%s\n%s<|im_end|>\n"
SYSTEM = (
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".'
)
BODY = "<Instruct>: %(instruction)s\n<Query>: %(query)s\n<Document>: %(doc)s"


def prompt_for(query, doc, instruction="Given a web search query, retrieve relevant passages that answer the query"):
    user = BODY % {"instruction": instruction, "query": query, "doc": doc}
    turns = [CHATML % ("system", SYSTEM), CHATML % ("user", user)]
    return "".join(turns) + "<|im_start|>assistant\n<think>\n\n</think>\n\n"
