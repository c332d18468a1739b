class AnswerIds:
    FALLBACK_YES = "Yes"
    FALLBACK_NO = "No"

    def __init__(self, tokenizer):
        vocab = tokenizer.get_vocab()
        self.yes = vocab.get("yes") or vocab.get(self.FALLBACK_YES) or tokenizer.unk_token_id
        self.no = vocab.get("no") or vocab.get(self.FALLBACK_NO) or tokenizer.unk_token_id

    def odds(self, logits):
        return logits[:, self.yes] - logits[:, self.no]
