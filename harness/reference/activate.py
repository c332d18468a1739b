"""Stage `activate`: answer logits become one score a pair."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from harness.core.scores import Scores, to_probability


@dataclass(frozen=True, slots=True)
class Activation:
    """Which column of the logits is the positive answer, and which the negative one (None: there is none)."""

    positive: int
    negative: int | None

    def log_odds(self, logits: Tensor) -> Scores:
        """Positive − negative logit, shape (B,), float64: softmax over two answers is the sigmoid of this."""
        columns = logits.double().cpu().numpy()
        chosen: Scores = columns[:, self.positive]
        return chosen if self.negative is None else chosen - columns[:, self.negative]

    def __call__(self, logits: Tensor) -> Scores:
        """P(positive answer) in float64, shape (B,)."""
        return to_probability(self.log_odds(logits))
