"""One score for everything: which number it is says what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scale, Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Share of pairs that may have one and the same score, where that score is an end of the scale or means nothing known.
LIMIT = 0.5
#: Share that may score a constant which a fault is known to make, and chance nearly never: on the embedded model 0 of
#: 503 pairs. Errors that are swallowed for some pairs only show here, long before they are half of all.
KNOWN_LIMIT = 0.05
#: Scores this close are the same number.
SAME = 1e-6
#: A constant this close to a known one is that one, rounded: to bfloat16 by up to 2e-3 near 0.6, or in print. The ends
#: of the scale are exact in every format.
ROUNDED = 2e-3


@dataclass(frozen=True, slots=True)
class Meaning:
    """A constant that users have met, what makes it, what to do, and the share of pairs that may have it."""

    value: float
    cause: str
    remedy: str
    limit: float = KNOWN_LIMIT


MEANINGS = {
    Scale.PROBABILITY: (
        Meaning(0.5, "a logit of zero, from a head that is all zero, or an error swallowed into 0.5",
                "check that the head was loaded (its norm is not 0) and that no exception is turned into a score"),
        Meaning(0.6224593312, "σ(0.5): an error swallowed into 0.5 and put through a sigmoid",
                "look for a handler that returns 0.5, or NaN replaced by 0, in front of the sigmoid"),
        Meaning(0.7310585786, "σ(1): a saturated probability put through a sigmoid again, or the softmax of one label",
                "apply one activation only; check that the answer ids are 'yes' and 'no', of which neither always "
                "wins"),
        Meaning(1.0, "the softmax over a single label is always 1, and so is a saturated probability",
                "use the sigmoid for one label; or the answer ids are such that one always wins", LIMIT),
        Meaning(0.0, "a head that was quantised away, an embedding model used as a reranker, or -inf logits",
                "leave the score layer unquantised; check the model's class", LIMIT),
    ),
    Scale.LOG_ODDS: (
        Meaning(0.0, "a head that is all zero, or one that was quantised away",
                "check that the head was loaded (its norm is not 0), and leave it unquantised"),
        Meaning(0.5, "an error swallowed into 0.5", "check that no exception is turned into a score"),
        Meaning(1.0, "the softmax over a single label is always 1", "send the logit itself"),
    ),
}  # fmt: skip
UNNAMED = (
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
    """No single number is the score of most pairs, and none that a known fault makes is the score of more than a few;
    where one is, the finding says what is known to cause it.
    """
    scores = context.scores(context.judged_pairs)
    meanings = MEANINGS[context.target.capabilities.scale]
    met = [(_share(scores, m.value), m) for m in meanings]
    share, meaning = max([*met, _commonest(scores, meanings)], key=lambda found: found[0] / found[1].limit)
    message = f"{share:.1%} of {scores.size} pairs score {meaning.value:.7g}"
    if share <= meaning.limit:
        return at_most(share, meaning.limit, "share", f"no score is too common: {message}")
    return at_most(share, meaning.limit, "share", f"{message}: {meaning.cause}", remedy=meaning.remedy)


def _share(scores: Scores, value: float) -> float:
    return float(np.mean(np.abs(scores - value) < SAME))


def _commonest(scores: Scores, meanings: tuple[Meaning, ...]) -> tuple[float, Meaning]:
    """Share of the commonest score, and what it means: the known constant that it is, rounded, or none."""
    values, counts = np.unique(np.round(scores / SAME), return_counts=True)
    value = float(values[counts.argmax()] * SAME)
    known = min(meanings, key=lambda m: abs(m.value - value))
    close = SAME if known.value in (0.0, 1.0) else ROUNDED
    cause, remedy = (known.cause, known.remedy) if abs(known.value - value) < close else UNNAMED
    return float(counts.max() / scores.size), Meaning(value, cause, remedy, LIMIT)
