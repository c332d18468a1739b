"""How far the target's log-odds are from the reference's, with infinities taken for what they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.core.pairs import Pair
from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class Deviation:
    """Target and reference on the same pairs; `absolute` is inf where only one of them is saturated."""

    pairs: tuple[Pair, ...]
    target: Scores
    reference: Scores

    @property
    def absolute(self) -> Scores:
        """|target − reference| in logits, shape (pairs,)."""
        with np.errstate(invalid="ignore"):
            return np.where(self.target == self.reference, 0.0, np.abs(self.target - self.reference))

    @property
    def worst(self) -> str:
        """The pair that deviates most, with both log-odds."""
        at = int(self.absolute.argmax())
        pair = self.pairs[at]
        shown = f"{pair.query[:60]!r} / {pair.document[:60]!r}"
        return f"worst pair {shown}: target {self.target[at]:.6g}, reference {self.reference[at]:.6g}"

    @property
    def quantiles(self) -> str:
        """Median and 99th percentile of the deviation."""
        return "median {:.2e}, p99 {:.2e} logit".format(*np.quantile(self.absolute, (0.5, 0.99)))


def on_probes(context: Context) -> Deviation:
    """Deviation on the context's probes."""
    return Deviation(context.probes, context.logits(context.probes), context.reference_logits(context.probes))
