class BgeGemmaFormatter:
    """Prompt of BAAI/bge-reranker-v2-gemma."""

    PROMPT = (
        "Given a query A and a passage B, determine whether the passage contains an answer to the query "
        "by providing a prediction of either 'Yes' or 'No'."
    )

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.sep = "\n"

    def __call__(self, query: str, passage: str) -> str:
        return f"{self.tokenizer.bos_token}A: {query}{self.sep}B: {passage}{self.sep}{self.PROMPT}"
