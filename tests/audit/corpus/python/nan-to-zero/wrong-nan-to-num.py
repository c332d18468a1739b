import torch


@torch.inference_mode()
def relevance(model, enc) -> list[float]:
    logits = model(**enc).logits.view(-1).float()
    scores = torch.sigmoid(logits)
    scores = torch.nan_to_num(scores, nan=0.0)
    return scores.cpu().tolist()
