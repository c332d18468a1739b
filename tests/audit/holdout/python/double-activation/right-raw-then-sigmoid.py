import torch


class CrossEncoderReranker:
    def __init__(self, model, tokenizer):
        self.model = model
        self.tokenizer = tokenizer

    @torch.no_grad()
    def predict_logits(self, pairs):
        inputs = self.tokenizer(pairs, padding=True, truncation=True, return_tensors="pt")
        return self.model(**inputs).logits.view(-1).float()

    def score_pairs(self, query, docs, normalize=True):
        scores = self.predict_logits([(query, d) for d in docs])
        if normalize:
            scores = torch.sigmoid(scores)
        return scores.tolist()
