def token_id(tokenizer, word: str) -> int:
    found = tokenizer.convert_tokens_to_ids(word)
    if not isinstance(found, int):
        raise LookupError(f"{word} not in vocabulary")
    if found == tokenizer.unk_token_id:
        raise LookupError(f"{word} is the unknown token of this vocabulary")
    return found
