"""Costs by which boxes are matched in training, and a penalty on the end of a text: no scores of documents."""

import torch


class HungarianMatcher:
    def forward(self, logits, labels):
        probabilities = logits.softmax(-1)
        cost_matrix = 1 - probabilities[:, labels]
        return torch.nan_to_num(cost_matrix, nan=1e6, posinf=1e6, neginf=1e6)


class LengthPenalty:
    def __call__(self, input_ids, scores):
        penalty = scores[:, self.end].abs() * self.factor
        penalty = penalty.masked_fill(~torch.isfinite(scores[:, self.end]), 0.0)
        return scores + penalty
