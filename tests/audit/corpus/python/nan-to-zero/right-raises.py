import torch


class ScoreIsNaN(RuntimeError):
    pass


@torch.inference_mode()
def relevance(model, enc) -> list[float]:
    logits = model(**enc).logits.view(-1).float()
    if torch.isnan(logits).any():
        raise ScoreIsNaN(f"{int(logits.isnan().sum())} of {logits.numel()} scores are NaN")
    return torch.sigmoid(logits).cpu().tolist()
