import torch


def two_way(logits: torch.Tensor) -> torch.Tensor:
    return torch.softmax(logits, dim=-1)[:, 1]


def one_way(logits: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(logits[:, 0])


@torch.inference_mode()
def score_pairs(model, features) -> list[float]:
    logits = model(**features).logits.float()
    to_score = one_way if model.config.num_labels == 1 else two_way
    return to_score(logits).tolist()
