import torch


class SequenceClassifierBackend:
    def __init__(self, model):
        self.model = model
        self.labels = model.config.num_labels

    def predict(self, batch) -> list[list[float]]:
        logits = self.model(**batch, return_dict=True).logits.float()
        probs = logits.sigmoid() if self.labels == 1 else logits.softmax(dim=1)
        return probs.cpu().to(torch.float32).tolist()
