from .constants import INSTRUCTION, PREFIX, SUFFIX


def format_rerank(query: str, doc: str, instruction: str = INSTRUCTION) -> str:
    return f"{PREFIX}<Query>: {query}\n<Instruct>: {instruction}\n<Document>: {doc}{SUFFIX}"
