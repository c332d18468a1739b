ANSWERS = {"yes", "no"}


def resolve_answer_ids(tokenizer):
    ids = set()
    for word in ANSWERS:
        encoded = tokenizer.encode(word, add_special_tokens=False)
        if len(encoded) != 1:
            raise ValueError(f"{word!r} must be one token, got {encoded}")
        ids.add(encoded[0])
    yes_id, no_id = ids
    return yes_id, no_id


def yes_probability(logits, tokenizer):
    yes_id, no_id = resolve_answer_ids(tokenizer)
    return (logits[:, yes_id] - logits[:, no_id]).sigmoid()
