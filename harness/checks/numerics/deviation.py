"""How far the target's log-odds are from the reference's, with infinities taken for what they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.ranking_quality.rankings import split_by_query
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
        """Largest deviation, 99th percentile and median; no percentile lies between a number and an infinity."""
        found = np.quantile(self.absolute, (1.0, 0.99, 0.5), method="higher")
        return "max {:.2e}, p99 {:.2e}, median {:.2e} logit".format(*found)


def on_probes(context: Context) -> Deviation:
    """Deviation on the context's probes."""
    return Deviation(context.probes, context.logits(context.probes), context.reference_logits(context.probes))


def by_query(context: Context) -> dict[str, tuple[Scores, Scores]]:
    """Log-odds of reference and target for the judged documents of each query. Needs Need.REFERENCE."""
    pairs = context.judged_pairs
    right, found = (split_by_query(context, of(pairs)) for of in (context.reference_logits, context.logits))
    return {query: (np.array(right[query]), np.array(found[query])) for query in right}
