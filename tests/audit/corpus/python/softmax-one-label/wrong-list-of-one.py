import torch


@torch.no_grad()
def rank_probability(model, enc):
    single = model(**enc).logits.squeeze(-1)
    stacked = torch.stack([single], dim=1)
    probs = torch.nn.Softmax(dim=1)(stacked)
    return [p[0].item() for p in probs]
