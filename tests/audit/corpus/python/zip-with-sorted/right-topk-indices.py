import torch


@torch.inference_mode()
def best_passages(model, features, passages, k=10):
    scores = model(**features).logits.view(-1).float().sigmoid()
    values, indices = torch.topk(scores, k=min(k, len(passages)))
    return [(passages[i], v) for i, v in zip(indices.tolist(), values.tolist(), strict=True)]
