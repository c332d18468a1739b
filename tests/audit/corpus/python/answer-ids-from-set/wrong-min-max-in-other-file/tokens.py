def answer_ids(tokenizer) -> set[int]:
    ids: set[int] = set()
    for word in ("yes", "no"):
        pieces = tokenizer.encode(word, add_special_tokens=False)
        if len(pieces) != 1:
            raise ValueError(f"{word!r}: {pieces}")
        ids |= set(pieces)
    return ids
