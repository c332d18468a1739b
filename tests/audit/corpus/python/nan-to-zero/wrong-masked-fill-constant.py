import torch


def two_way_scores(last_logits: torch.Tensor, no_yes: list[int]) -> torch.Tensor:
    pair = last_logits[:, no_yes].float()
    pair = pair.masked_fill(pair.isnan(), -1e4)
    return pair.softmax(dim=-1)[:, 1]
