import torch


def classifier_rows(weight: torch.Tensor, rows: dict[str, int]) -> torch.Tensor:
    difference = weight[rows["yes"]].float() - weight[rows["no"]].float()
    return difference.unsqueeze(0)
