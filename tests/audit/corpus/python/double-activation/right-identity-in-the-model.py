import torch
from sentence_transformers import CrossEncoder


def load(path: str) -> CrossEncoder:
    return CrossEncoder(path, activation_fn=torch.nn.Identity(), max_length=512)


def logits(model: CrossEncoder, pairs: list[tuple[str, str]]) -> torch.Tensor:
    return model.predict(pairs, convert_to_tensor=True)


def probabilities(model: CrossEncoder, pairs: list[tuple[str, str]]) -> list[float]:
    return torch.sigmoid(logits(model, pairs).float()).tolist()
