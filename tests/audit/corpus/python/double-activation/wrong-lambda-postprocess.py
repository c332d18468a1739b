import torch


def logistic(x):
    return x.sigmoid()


class CrossEncoderModel:
    def __init__(self, model, tokenizer, activation=torch.nn.Sigmoid()):
        self.model, self.tokenizer = model, tokenizer
        self.activation = activation

    @torch.no_grad()
    def raw(self, pairs):
        enc = self.tokenizer(pairs, padding=True, truncation=True, return_tensors="pt")
        return self.activation(self.model(**enc).logits.view(-1))


def score_pairs(model: CrossEncoderModel, pairs):
    return [round(float(s), 6) for s in logistic(model.raw(pairs))]
