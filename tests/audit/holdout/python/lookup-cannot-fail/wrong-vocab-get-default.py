import torch


class Scorer:
    def __init__(self, model, tokenizer):
        self.model = model
        self.tokenizer = tokenizer
        vocab = tokenizer.get_vocab()
        self.yes_id = vocab.get("yes", 0)
        self.no_id = vocab.get("no", 0)

    @torch.no_grad()
    def __call__(self, inputs):
        logits = self.model(**inputs).logits[:, -1]
        pair = torch.stack([logits[:, self.no_id], logits[:, self.yes_id]], dim=1)
        return torch.softmax(pair, dim=1)[:, 1].tolist()
