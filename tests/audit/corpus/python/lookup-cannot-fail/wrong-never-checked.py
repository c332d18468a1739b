from typing import Any

import numpy as np


def make_scorer(tokenizer: Any, words: tuple[str, str] = ("yes", "no")):
    """A function from (batch, vocabulary) logits to scores."""
    positive, negative = tokenizer.convert_tokens_to_ids(list(words))

    def score(last_logits: np.ndarray) -> np.ndarray:
        odds = last_logits[:, positive] - last_logits[:, negative]
        return 1.0 / (1.0 + np.exp(-odds.astype(np.float64)))

    return score
