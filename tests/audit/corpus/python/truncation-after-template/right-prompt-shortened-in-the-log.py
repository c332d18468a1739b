import logging

logger = logging.getLogger("prompts")
TASK = "Given a web search query, retrieve relevant passages that answer the query"


class Qwen3Prompt:
    system = (
        "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
        'Note that the answer can only be "yes" or "no".'
    )

    def render(self, query: str, doc: str) -> str:
        user = f"<Instruct>: {TASK}\n<Query>: {query}\n<Document>: {doc}"
        prompt = (
            f"<|im_start|>system\n{self.system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n"
            "<|im_start|>assistant\n<think>\n\n</think>\n\n"
        )
        logger.debug("prompt of %d characters: %r…", len(prompt), prompt[:80])
        return prompt

    def render_first(self, query: str, docs: list[str], count: int) -> list[str]:
        return [self.render(query, d) for d in docs[:count]]
