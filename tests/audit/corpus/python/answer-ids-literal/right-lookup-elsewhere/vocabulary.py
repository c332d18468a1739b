from transformers import PreTrainedTokenizerBase


def answer_ids(tokenizer: PreTrainedTokenizerBase, yes: str = "yes", no: str = "no") -> tuple[int, int]:
    found = []
    for word in (yes, no):
        ids = tokenizer(word, add_special_tokens=False).input_ids
        if len(ids) != 1 or ids[0] == tokenizer.unk_token_id:
            raise ValueError(f"{word!r} is not one token: {ids}")
        found.append(ids[0])
    return found[0], found[1]
