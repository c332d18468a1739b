import torch


def difference_row(weight: torch.Tensor, yes_id: int, no_id: int) -> torch.Tensor:
    return (weight[yes_id] - weight[no_id]).float().unsqueeze(0)


def score_hidden(hidden: torch.Tensor, row: torch.Tensor) -> list[float]:
    logits = hidden.float() @ row.T
    log_probs = torch.log_softmax(logits, dim=-1)
    return log_probs[..., 0].exp().tolist()
