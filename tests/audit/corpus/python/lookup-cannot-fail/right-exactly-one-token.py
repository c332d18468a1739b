def resolve_answer_ids(tokenizer, answers=("yes", "no")):
    resolved = []
    for answer in answers:
        ids = tokenizer.encode(answer, add_special_tokens=False)
        if len(ids) != 1:
            raise ValueError(f"{answer!r} encodes to {ids}; a single token is needed")
        resolved.append(ids[0])
    return tuple(resolved)


class Scorer:
    def __init__(self, tokenizer):
        self.yes, self.no = resolve_answer_ids(tokenizer)

    def odds(self, logits):
        return logits[:, self.yes] - logits[:, self.no]
