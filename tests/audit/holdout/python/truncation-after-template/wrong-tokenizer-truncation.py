from rerank.prompt import PREFIX, SUFFIX


class PromptEncoder:
    def __init__(self, tokenizer, max_length=8192):
        self.tokenizer = tokenizer
        self.tokenizer.padding_side = "left"
        self.max_length = max_length

    def encode(self, instruction, query, docs):
        prompts = [
            f"{PREFIX}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}{SUFFIX}"
            for doc in docs
        ]
        return self.tokenizer(
            prompts,
            padding=True,
            truncation=True,
            max_length=self.max_length,
            return_tensors="pt",
        )
