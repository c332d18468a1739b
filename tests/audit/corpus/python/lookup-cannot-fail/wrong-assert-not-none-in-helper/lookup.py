def token_id(tokenizer, word: str) -> int:
    found = tokenizer.convert_tokens_to_ids(word)
    assert found is not None, f"{word} not in vocabulary"
    return int(found)
