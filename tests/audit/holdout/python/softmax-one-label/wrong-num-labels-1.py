import torch
from transformers import AutoModelForSequenceClassification


class BgeScorer:
    def __init__(self, path):
        self.model = AutoModelForSequenceClassification.from_pretrained(path, num_labels=1)
        self.model.eval()

    @torch.no_grad()
    def score(self, inputs):
        logits = self.model(**inputs).logits
        probs = torch.nn.functional.softmax(logits, dim=-1)
        return probs[:, 0].tolist()
