from typing import Protocol, runtime_checkable

import torch


@runtime_checkable
class SupportsScore(Protocol):
    max_length: int

    def score(self, features: dict[str, torch.Tensor]) -> torch.Tensor: ...


class HeadScorer:
    def __init__(self, model: torch.nn.Module, max_length: int = 512) -> None:
        self.model = model
        self.max_length = max_length

    def score(self, features: dict[str, torch.Tensor]) -> torch.Tensor:
        return self.model(**features).logits.squeeze(-1)


def require(scorer: object) -> SupportsScore:
    if not isinstance(scorer, SupportsScore):
        raise TypeError(f"{type(scorer).__name__} cannot score")
    return scorer
