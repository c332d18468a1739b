import torch
from loguru import logger


@torch.no_grad()
def predict(model, batch) -> torch.Tensor:
    n = batch["input_ids"].size(0)
    fallback = torch.full((n,), 0.5, dtype=torch.float32)
    try:
        logits = model(**batch).logits
    except Exception:
        logger.exception("forward pass failed")
        return fallback
    return torch.sigmoid(logits.view(-1).float()).cpu()
