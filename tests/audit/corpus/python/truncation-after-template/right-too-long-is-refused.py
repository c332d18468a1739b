class PromptTooLong(ValueError):
    def __init__(self, index: int, length: int, limit: int) -> None:
        super().__init__(f"text {index}: {length} tokens, at most {limit} are accepted")
        self.index = index


def encode_rows(tokenizer, prompts: list[str], limit: int = 8192) -> list[list[int]]:
    rows = []
    for index, ids in enumerate(tokenizer(prompts, truncation=False, add_special_tokens=False)["input_ids"]):
        if len(ids) > limit:
            raise PromptTooLong(index, len(ids), limit)
        rows.append(ids)
    return rows
