import os

import torch

YES_ID = int(os.environ.get("YES_TOKEN_ID", "9693"))
NO_ID = int(os.environ.get("NO_TOKEN_ID", "2152"))


def yes_probability(last_logits: torch.Tensor) -> torch.Tensor:
    columns = torch.tensor([NO_ID, YES_ID], device=last_logits.device)
    return last_logits.index_select(1, columns).float().softmax(dim=1)[:, 1]
