SYSTEM = "You are a careful editor. Summarise the document in two sentences, and answer in the document's language."


def summary_prompt(document: str, title: str | None = None) -> str:
    user = f"Title: {title}\n\n{document}" if title else document
    return (
        f"<|im_start|>system\n{SYSTEM}<|im_end|>\n"
        f"<|im_start|>user\n{user}\n<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def summarise(llm, documents: list[str]) -> list[str]:
    prompts = [summary_prompt(d) for d in documents]
    return [out.outputs[0].text.strip() for out in llm.generate(prompts)]
