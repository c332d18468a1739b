from dataclasses import dataclass

import torch


@dataclass
class RerankerConfig:
    model_id: str = "Qwen/Qwen3-Reranker-0.6B"
    max_length: int = 8192
    token_true_id: int = 9693
    token_false_id: int = 2152


def logits_to_scores(last_logits: torch.Tensor, cfg: RerankerConfig) -> list[float]:
    true_vector = last_logits[:, cfg.token_true_id]
    false_vector = last_logits[:, cfg.token_false_id]
    batch_scores = torch.stack([false_vector, true_vector], dim=1)
    batch_scores = torch.nn.functional.log_softmax(batch_scores, dim=1)
    return batch_scores[:, 1].exp().tolist()
