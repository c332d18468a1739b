import torch
from transformers import AutoConfig, AutoTokenizer


def load_answer_ids(path: str) -> frozenset[int]:
    config = AutoConfig.from_pretrained(path)
    tokenizer = AutoTokenizer.from_pretrained(path)
    words = config.classifier_from_token
    ids = frozenset(tokenizer.get_vocab()[w] for w in words)
    if len(ids) != 2:
        raise ValueError(f"expected two answer tokens, have {words}")
    return ids


def probability(logits: torch.Tensor, ids: frozenset[int]) -> torch.Tensor:
    iterator = iter(ids)
    negative, positive = next(iterator), next(iterator)
    return torch.sigmoid(logits[:, positive] - logits[:, negative])
