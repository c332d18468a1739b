import torch


class SequenceClassifierBackend:
    def __init__(self, model):
        self.model = model

    def predict(self, batch) -> list[list[float]]:
        out = self.model(**batch, return_dict=True)
        relevance = out.logits[:, :1]
        probs = relevance.softmax(dim=1)
        return probs.cpu().to(torch.float32).tolist()
