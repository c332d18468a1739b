"""Judged queries that both runs answered, document by document, in every take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from harness.core.events import ScoresRecorded
from harness.core.run import Run
from harness.core.scores import Scale, Scores, to_log_odds, to_probability
from harness.statistics.recorded import recorded_logits, recorded_queries, takes_of

#: With this many decimals or more a score was written as it was computed, in float32 at best, and was not cut.
UNCUT = 7


@dataclass(frozen=True, slots=True)
class Joined:
    """One query as log-odds in the base's order of documents, shape (takes, documents): NaN where there is no score.

    `digits` is how far apart equal scores may be for the digits that they are written with, shape (documents,); a
    saturated probability counts as one that is half a digit from 0 or 1.
    """

    recorded: ScoresRecorded
    base: Scores
    run: Scores
    digits: Scores

    @property
    def apart(self) -> Scores:
        """How far each take of the run is from the nearest one of the base, shape (takes of the run, documents)."""
        return np.asarray(distance(self.base[:, None], self.run[None]).min(axis=0))

    def still(self, take: int, limit: float) -> bool:
        """Whether no document of a take is farther from the base than `limit` logits and its digits."""
        return bool((self.apart[take] <= limit + self.digits).all())


def joined(base: Run, run: Run) -> list[Joined]:
    """The queries that both runs have scores of in their first takes, in the base's order. One that was not asked in a
    later take keeps its first scores there.
    """
    before, after = ([recorded_queries(each, take) for take in takes_of(each)] for each in (base, run))
    if not (before and after):
        return []
    decimals = max(_decimals(base), _decimals(run))
    return [_joined(_of(before, name), _of(after, name), decimals) for name in before[0] if name in after[0]]


def distance(a: ArrayLike, b: ArrayLike) -> Scores:
    """|a - b|; 0 where both are the same infinity or both no number, infinite where only one is."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        apart = np.abs(first - second)
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    return np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))


def _of(takes: list[dict[str, ScoresRecorded]], query: str) -> list[ScoresRecorded]:
    return [take.get(query, takes[0][query]) for take in takes]


def _joined(before: list[ScoresRecorded], after: list[ScoresRecorded], decimals: int) -> Joined:
    documents = before[0].documents
    base, digits = zip(*(_written(each, documents, decimals) for each in before), strict=True)
    run, others = zip(*(_written(each, documents, decimals) for each in after), strict=True)
    return Joined(before[0], np.array(base), np.array(run), np.max([*digits, *others], axis=0))


def _written(recorded: ScoresRecorded, documents: tuple[str, ...], decimals: int) -> tuple[Scores, Scores]:
    """Log-odds in that order of documents, and what the last digit is worth in logits there."""
    found = dict(zip(recorded.documents, recorded_logits(recorded).tolist(), strict=True))
    logits = np.array([found.get(document, np.nan) for document in documents])
    if recorded.scale != Scale.PROBABILITY:
        return logits, np.nan_to_num(_step(logits, decimals))
    probability = to_probability(logits)
    step = _step(probability, decimals)
    inside = np.clip(probability, 0.5 * step, 1.0 - 0.5 * step)
    return np.where(probability == inside, logits, to_log_odds(inside)), np.nan_to_num(step / (inside * (1.0 - inside)))


def _step(scores: Scores, decimals: int) -> Scores:
    """The distance of neighbouring numbers with that many decimals, or of those of float32."""
    if decimals < UNCUT:
        return np.full(scores.shape, 10.0**-decimals)
    with np.errstate(invalid="ignore"):
        return np.spacing(np.abs(scores).astype(np.float32)).astype(np.float64)


def _decimals(run: Run) -> int:
    """The most decimals of any score, at most UNCUT."""
    most = 0
    for score in (score for recorded in run.scores for score in recorded.scores if score is not None):
        most = max(most, -int(Decimal(repr(float(score))).as_tuple().exponent))
        if most >= UNCUT:
            return UNCUT
    return most
