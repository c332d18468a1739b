import numpy as np


class OnnxReranker:
    def __init__(self, session, tokenizer):
        self.session = session
        ids = [tokenizer.token_to_id("no"), tokenizer.token_to_id("yes")]
        if any(i is None for i in ids):
            raise ValueError("the vocabulary lacks an answer token")
        ids.sort()
        self.no, self.yes = ids

    def score(self, input_ids, attention_mask, last):
        (logits,) = self.session.run(None, {"input_ids": input_ids, "attention_mask": attention_mask})
        rows = logits[np.arange(len(last)), last]
        return 1 / (1 + np.exp(rows[:, self.no] - rows[:, self.yes]))
