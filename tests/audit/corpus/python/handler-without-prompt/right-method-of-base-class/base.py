import abc


class PromptedModel(abc.ABC):
    prefix = (
        "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
        'provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    )
    suffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    instruction = "Given a web search query, retrieve relevant passages that answer the query"

    def build_inputs(self, query: str, docs: list[str]) -> list[str]:
        body = "<Instruct>: {}\n<Query>: {}\n<Document>: {}"
        return [self.prefix + body.format(self.instruction, query, d) + self.suffix for d in docs]

    @abc.abstractmethod
    async def rerank(self, query: str, docs: list[str]) -> list[float]: ...
