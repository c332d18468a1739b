import torch


@torch.no_grad()
def compute_scores(model, inputs, yes_id, no_id):
    logits = model(**inputs).logits[:, -1, :]
    pair = torch.stack([logits[:, no_id], logits[:, yes_id]], dim=1)
    scores = torch.softmax(pair.float(), dim=1)[:, 1]
    scores = torch.nan_to_num(scores, nan=0.0)
    return scores.cpu().tolist()
