"""One score for everything: which number it is says what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Share of pairs that may have one and the same score. A healthy scorer has 1 in 500; a constant one has all.
LIMIT = 0.5
#: Scores this close are the same number, printed or rounded differently.
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Meaning:
    """A constant that users have met, what makes it, and what to do."""

    value: float
    cause: str
    remedy: str


MEANINGS = (
    Meaning(0.5, "a logit of zero, from a head that is all zero, or an error swallowed into 0.5",
            "check that the head was loaded (its norm is not 0) and that no exception is turned into a score"),
    Meaning(0.6224593312, "σ(0.5): an error swallowed into 0.5 and put through a sigmoid",
            "look for a handler that returns 0.5, or NaN replaced by 0, in front of the sigmoid"),
    Meaning(0.7310585786, "σ(1): a saturated probability put through a sigmoid again, or the softmax of one label",
            "apply one activation only; check that the answer ids are 'yes' and 'no', of which neither always wins"),
    Meaning(1.0, "the softmax over a single label is always 1, and so is a saturated probability",
            "use the sigmoid for one label; or the answer ids are such that one always wins"),
    Meaning(0.0, "a head that was quantised away, an embedding model used as a reranker, or -inf logits",
            "leave the score layer unquantised; check the model's class"),
)  # fmt: skip
UNNAMED = Meaning(
    float("nan"),
    "a constant that is none of the known ones: the document does not reach the score",
    "the first token is read (it has not seen the document), or the template renders the document empty",
)


@check(
    "score-distribution.named-constants",
    "The scores are no known constant",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.ACTIVATE,
    phase=Phase.SPREAD,
    severity=Severity.CRITICAL,
)
def named_constants(context: Context) -> Outcome:
    """No single number is the score of most pairs; where one is, the finding says what is known to cause it."""
    scores = context.scores(context.judged_pairs)
    value, share = _commonest(scores)
    if share <= LIMIT:
        return at_most(share, LIMIT, "share", f"the commonest score is that of {share:.1%} of the pairs")
    meaning = next((m for m in MEANINGS if abs(value - m.value) < CLOSE), UNNAMED)
    message = f"{share:.0%} of the pairs score {value:.7g}: {meaning.cause}"
    return at_most(share, LIMIT, "share", message, evidence=f"{scores.size} pairs", remedy=meaning.remedy)


def _commonest(scores: Scores) -> tuple[float, float]:
    values, counts = np.unique(np.round(scores / CLOSE), return_counts=True)
    at = int(counts.argmax())
    return float(values[at] * CLOSE), float(counts[at] / scores.size)
