"""Where things are in an image: points that were squeezed are stretched again before, and shares of maps are no scores."""

import torch
from torch import nn


class PointPredictor(nn.Module):
    def forward(self, queries):
        output = self.points(queries)
        return output.sigmoid()


class BoxesForObjectDetection(nn.Module):
    def __init__(self):
        self.model = PointPredictor()

    def forward(self, queries):
        outputs = self.model(queries)
        outputs_coord_logits = self.box(queries) + inverse_sigmoid(outputs)
        return outputs_coord_logits.sigmoid()


class CoarseDetectionHead(nn.Module):
    def forward(self, hidden_states):
        return torch.sigmoid(self.coarse(hidden_states))


class TextDetectionHead(nn.Module):
    def __init__(self):
        self.head = CoarseDetectionHead()

    def forward(self, hidden_states):
        output = self.head(hidden_states)
        return (output + torch.sigmoid(self.refine(output))) / 2
