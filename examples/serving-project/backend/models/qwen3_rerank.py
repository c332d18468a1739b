INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query."


class Qwen3RerankModel:
    """Scores by the answers yes and no; it is imported nowhere."""

    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer
        self.yes_id = tokenizer.convert_tokens_to_ids("yes")
        if self.yes_id == tokenizer.unk_token_id:
            raise ValueError("the tokenizer has no token for yes")

    def prompt(self, query, document):
        return f"<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {document}"
