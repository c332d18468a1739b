"""Where answer logits of the healthy model and of its variants come from: the weights, or a pack made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from harness.core.pairs import Pair
from harness.diagnosis.examination import Ability, Step
from harness.reference.activate import Activation

Logits = NDArray[np.float64]
"""Answer logits, shape (pairs, answers)."""


class Source(Protocol):
    """The model, as far as diagnosis needs it."""

    @property
    def activation(self) -> Activation:
        """Which column of the logits is the positive answer."""

    @property
    def noise(self) -> Mapping[str, float]:
        """How far a healthy model is from its definition in each dtype: root mean square, in logits."""

    @property
    def passes(self) -> int:
        """Pairs that went through the model so far."""

    @property
    def variants(self) -> tuple[str, ...]:
        """Ids of the faults of stages up to the head that can be simulated."""

    def steps(self, ability: Ability) -> Sequence[Step]:
        """The source's own questions, where it does not know the usual ones."""

    def logits(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> Logits | None:
        """Logits of the pairs of one request under faults of stages up to the head; None where they are not known."""

    @property
    def whole(self) -> frozenset[str]:
        """Those of `variants` that answer requests as a whole: nothing of them can be shared."""

    def gram(self, pairs: tuple[Pair, ...]) -> NDArray[np.float64] | None:
        """Products of the healthy states that the head reads, over the hidden size, shape (pairs, pairs); None where
        they are not known.
        """

    def tokens(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> int | None:
        """Tokens of the prompts together, under faults of stages up to the head; None where they are not known."""
