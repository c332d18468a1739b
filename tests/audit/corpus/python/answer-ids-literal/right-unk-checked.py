class AnswerTokens:
    """The two tokens whose logits make the score."""

    def __init__(self, tokenizer):
        self.true_id = self._lookup(tokenizer, "yes")
        self.false_id = self._lookup(tokenizer, "no")

    @staticmethod
    def _lookup(tokenizer, word):
        token_id = tokenizer.convert_tokens_to_ids(word)
        if token_id is None or token_id == tokenizer.unk_token_id:
            raise LookupError(f"the tokenizer has no token {word!r}")
        return token_id

    def log_odds(self, last_logits):
        return last_logits[..., self.true_id] - last_logits[..., self.false_id]
