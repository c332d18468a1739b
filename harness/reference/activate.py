"""Stage `activate`: answer logits become one score a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores, to_probability


@dataclass(frozen=True, slots=True)
class Activation:
    """Which column of the logits is the positive answer, and which the negative one (None: there is none)."""

    positive: int
    negative: int | None

    def log_odds(self, logits: ArrayLike) -> Scores:
        """Positive − negative logit, shape (B,), float64: softmax over two answers is the sigmoid of this."""
        columns = np.asarray(logits, dtype=np.float64)
        chosen: Scores = columns[:, self.positive]
        return chosen if self.negative is None else chosen - columns[:, self.negative]

    def __call__(self, logits: ArrayLike) -> Scores:
        """P(positive answer) in float64, shape (B,)."""
        return to_probability(self.log_odds(logits))
