import torch
import torch.nn.functional as F


def positive_probability(no_logit: torch.Tensor, yes_logit: torch.Tensor) -> torch.Tensor:
    columns = torch.stack([no_logit, yes_logit], dim=-1)
    return F.softmax(columns.float(), dim=-1)[..., 1]
