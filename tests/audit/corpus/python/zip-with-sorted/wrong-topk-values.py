import torch


@torch.inference_mode()
def best_passages(model, features, passages, k=10):
    scores = model(**features).logits.view(-1).float().sigmoid()
    values, _ = torch.topk(scores, k=min(k, len(passages)))
    return list(zip(passages, values.tolist()))
