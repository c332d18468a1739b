"""Reference answers that were computed elsewhere: what a verification without weights is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from harness.core.errors import Unanswerable
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.statistics.noise import Noise

#: Factor over the largest deviation observed up to which a deviation is noise.
MULTIPLE = 8.0


@dataclass(frozen=True)
class KnownAnswers:
    """Log-odds of some pairs; how far a healthy target is from them, and how far it moves, in logits."""

    logits: Mapping[Pair, float]
    noise_logit: float
    movement_logit: float
    source: str

    def of(self, pairs: Sequence[Pair]) -> Scores:
        """Log-odds of the pairs, shape (len(pairs),); Unanswerable where one is not known."""
        missing = sum(pair not in self.logits for pair in pairs)
        if missing:
            raise Unanswerable(f"{missing} of {len(pairs)} pairs that this asks for are not in {self.source}")
        return np.array([self.logits[pair] for pair in pairs])

    def noise(self, rounding: float) -> Noise:
        """The noise floor, never less than the digits that a target's answers lack."""
        sources = ((self.source, self.noise_logit), ("digits", rounding))
        return Noise(max(self.noise_logit, rounding), MULTIPLE, len(self.logits), sources)

    def movement(self, rounding: float) -> Noise:
        """How far a healthy target moves between batches and repeats."""
        sources = ((self.source, self.movement_logit), ("digits", rounding))
        return Noise(max(self.movement_logit, rounding), MULTIPLE, len(self.logits), sources)
