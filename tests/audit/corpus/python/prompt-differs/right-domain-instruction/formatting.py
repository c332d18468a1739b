from .constants import INSTRUCTIONS, PREFIX, SUFFIX


def format_rerank(query: str, doc: str, domain: str = "web") -> str:
    return f"{PREFIX}<Instruct>: {INSTRUCTIONS[domain]}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}"
