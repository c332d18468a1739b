import torch


class QwenReranker:
    YES_TOKEN_ID = 9693
    NO_TOKEN_ID = 2152

    def __init__(self, model):
        self.model = model.eval()

    @torch.no_grad()
    def score(self, inputs):
        logits = self.model(**inputs).logits[:, -1, :]
        pair = torch.stack(
            [logits[:, self.NO_TOKEN_ID], logits[:, self.YES_TOKEN_ID]], dim=1
        )
        return torch.softmax(pair.float(), dim=1)[:, 1].tolist()
