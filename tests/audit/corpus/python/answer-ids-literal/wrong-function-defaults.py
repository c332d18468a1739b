import numpy as np


def yes_probability(
    last_logits: np.ndarray,
    yes_token: int = 9693,
    no_token: int = 2152,
) -> np.ndarray:
    """P(yes) from logits of shape (batch, vocabulary)."""
    yes = last_logits[:, yes_token].astype(np.float64)
    no = last_logits[:, no_token].astype(np.float64)
    return 1.0 / (1.0 + np.exp(no - yes))
