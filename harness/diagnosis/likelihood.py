"""How probable what a target answered is, if a variant were the cause."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from harness.core.scores import Scores
from harness.diagnosis.answers import Answer, Reading, Zone, read
from harness.diagnosis.simulation import NUDGE

#: Probability of an answer that has nothing to do with the cause: a time-out, another kernel for one batch.
STRAY = 1e-3
#: Logits over which such an answer may be spread.
SPREAD = 40.0
#: Digits of a float32 probability that sums and exponentials lose, in units of its spacing.
ROUNDINGS = 2.0
#: Log-probability of another number of tokens than predicted: servers count them in ways of their own.
OTHER_COUNT = -1.0
_EXACT = 1e-9
_STRAY_DENSITY = float(np.log(STRAY / SPREAD))


@dataclass
class Fit:
    """Residuals of an explanation, collected over the answers: `gain` is how far a logit of noise moves each score."""

    residuals: list[float] = field(default_factory=list)
    gains: list[float] = field(default_factory=list)
    roundings: list[float] = field(default_factory=list)
    discrete: float = 0.0
    """Log-probability of what is no number: which documents were named, in which order, and NaN."""
    clashes: int = 0
    """How often something of that kind was not as predicted."""

    def add(self, observed: Answer, predicted: Answer, nudged: Answer, decimals: int | None) -> None:
        """Take one answer into account."""
        if observed.problem or predicted.problem:
            self._agrees(bool(observed.problem) == bool(predicted.problem) or _unanswerable(predicted))
            return
        seen, said, moved = (read(answer, decimals) for answer in (observed, predicted, nudged))
        for place, zone in enumerate(seen.zones):
            if zone is not said.zones[place]:
                self.discrete += _STRAY_DENSITY
                self.clashes += 1
            elif zone in (Zone.NONE, Zone.MISSING):
                self._agrees(True)
            else:
                self._add_number(place, seen, said, moved)
        if observed.named and predicted.named:
            self._agrees(observed.named == predicted.named)
        if observed.order and predicted.order:
            self._agrees(_alike(observed.order, predicted.order))
        if observed.tokens is not None and predicted.tokens is not None:
            self.discrete += OTHER_COUNT if observed.tokens != predicted.tokens else 0.0

    def _agrees(self, agrees: bool) -> None:
        self.discrete += float(np.log1p(-STRAY) if agrees else np.log(STRAY))
        self.clashes += not agrees

    def _add_number(self, place: int, seen: Reading, said: Reading, moved: Reading) -> None:
        gain = abs(moved.values[place] - said.values[place]) / NUDGE if moved.zones[place] is said.zones[place] else 1.0
        self.residuals.append(float(seen.values[place] - said.values[place]))
        self.gains.append(float(gain))
        self.roundings.append(float(ROUNDINGS * max(seen.rounding[place], said.rounding[place])))

    def log_likelihood(self, noise: float) -> float:
        """With numbers spread as Student's t with four degrees of freedom around what is predicted, as wide as `noise`
        logits and the digits make it, and a rare stray answer.
        """
        if not self.residuals:
            return self.discrete
        width = np.sqrt((np.array(self.gains) * noise) ** 2 + np.square(self.roundings) + _EXACT**2)
        return self.discrete + float(_mixed(student_4(np.array(self.residuals), width)).sum())

    @property
    def distances(self) -> Scores:
        """How far each score is from what is predicted."""
        return np.abs(np.array(self.residuals, dtype=np.float64))


def student_4(residuals: Scores, width: Scores | float) -> Scores:
    """Log-density of Student's t with four degrees of freedom and a scale: ln 3/8 − 5/2 ln(1 + x²/4) − ln scale."""
    scaled = residuals / width
    return np.asarray(np.log(3 / 8) - 2.5 * np.log1p(scaled**2 / 4) - np.log(width))


def _mixed(densities: Scores) -> Scores:
    return np.asarray(np.logaddexp(np.log1p(-STRAY) + densities, _STRAY_DENSITY))


def _unanswerable(predicted: Answer) -> bool:
    """Whether a server may refuse to send what is predicted: a score that is no number, lines that do not fit."""
    count = len(predicted.scores)
    return not np.isfinite(predicted.scores).all() or predicted.named != tuple(range(count))


def _alike(one: str, other: str) -> bool:
    """Ties are noise's to make and to break: their order counts only where both have some."""
    kind, _, ties = one.partition(", ")
    other_kind, _, other_ties = other.partition(", ")
    return kind == other_kind and ("no ties" in (ties, other_ties) or ties == other_ties)
