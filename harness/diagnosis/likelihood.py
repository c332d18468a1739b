"""How probable what a target answered is, if a variant were the cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.diagnosis.answers import Answer, Reading, Zone, read
from harness.diagnosis.simulation import NUDGE

#: Probability of an answer that has nothing to do with the cause: a time-out, another kernel for one batch.
STRAY = 1e-3
#: Logits over which such an answer may be spread.
SPREAD = 40.0
#: Probability that an answer that does not fit together is refused, by the server or on its way.
REFUSED_INSTEAD = 0.3
#: Digits of a float32 probability that sums and exponentials lose, in units of its spacing.
ROUNDINGS = 2.0
#: Log-probability of another number of tokens than predicted: servers count them in ways of their own.
OTHER_COUNT = -1.0
#: Logits that a float32 model moves between batches; and how often a model in lower precision moves by its noise.
STILL, MOVING = 4e-6, 0.1
#: Offsets that all scores may share, in units of the noise, and the logarithm of their probabilities.
OFFSETS = np.linspace(-2, 2, 9)
_OFFSET_PRIOR = -(OFFSETS**2) / 2 - np.log(np.exp(-(OFFSETS**2) / 2).sum())
_EXACT = 1e-9
_STRAY_DENSITY = float(np.log(STRAY / SPREAD))


@dataclass
class Fit:
    """Residuals of an explanation, collected over the answers: `gains` are how far a logit of noise moves each score.

    The first answer about a pair says how far the explanation is off; further ones, how far the target moves.
    """

    residuals: list[float] = field(default_factory=list)
    gains: list[float] = field(default_factory=list)
    roundings: list[float] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)
    discrete: float = 0.0
    """Log-probability of what is no number: which documents were named, in which order, and NaN."""
    clashes: int = 0
    """How often something of that kind was not as predicted."""
    _first: dict[tuple[Pair, bool], int] = field(default_factory=dict, repr=False)
    _again: list[tuple[float, float]] = field(default_factory=list, repr=False)
    """Gain and rounding of each of `moves`."""

    def add(
        self, pairs: Sequence[Pair], observed: Answer, predicted: Answer, nudged: Answer, decimals: int | None
    ) -> None:
        """Take the answer about the pairs of one request into account."""
        if observed.problem or predicted.problem:
            self._take_problem(observed, predicted)
            return
        seen, said, moved = (read(answer, decimals) for answer in (observed, predicted, nudged))
        for place, (pair, zone) in enumerate(zip(pairs, seen.zones, strict=True)):
            if zone is not said.zones[place]:
                self.discrete += _STRAY_DENSITY
                self.clashes += 1
            elif zone in (Zone.NONE, Zone.MISSING):
                self._agrees(True)
            else:
                self._add_number((pair, zone is Zone.OUTSIDE), place, seen, said, moved)
        if observed.named and predicted.named:
            self._agrees(observed.named == predicted.named)
        if observed.order and predicted.order:
            self._agrees(_alike(observed.order, predicted.order))
        if observed.tokens is not None and predicted.tokens is not None:
            self.discrete += OTHER_COUNT if observed.tokens != predicted.tokens else 0.0

    def _take_problem(self, observed: Answer, predicted: Answer) -> None:
        """Something came instead of an answer: that is expected where no score is a number, and may be where an answer
        would not fit together.
        """
        same = bool(observed.problem) == bool(predicted.problem) or not np.isfinite(predicted.scores).any()
        if not same and _does_not_fit(predicted):
            self.discrete += float(np.log(REFUSED_INSTEAD))
        else:
            self._agrees(same)

    def _agrees(self, agrees: bool) -> None:
        self.discrete += float(np.log1p(-STRAY) if agrees else np.log(STRAY))
        self.clashes += not agrees

    def _add_number(self, key: tuple[Pair, bool], place: int, seen: Reading, said: Reading, moved: Reading) -> None:
        residual = float(seen.values[place] - said.values[place])
        gain = abs(moved.values[place] - said.values[place]) / NUDGE if moved.zones[place] is said.zones[place] else 1.0
        rounding = float(ROUNDINGS * max(seen.rounding[place], said.rounding[place]))
        if key in self._first:
            first = self._first[key]
            self.moves.append(residual - self.residuals[first])
            self._again.append((max(float(gain), self.gains[first]), max(rounding, self.roundings[first])))
            return
        self._first[key] = len(self.residuals)
        self.residuals.append(residual)
        self.gains.append(float(gain))
        self.roundings.append(rounding)

    def log_likelihood(self, noise: float) -> float:
        """With numbers spread as Student's t with four degrees of freedom around what is predicted, as wide as `noise`
        logits and the digits make it, an offset that all of them may share, and a rare stray answer.

        Rounding of weights moves all scores of a model alike, so that their errors are not independent.
        """
        if not self.residuals:
            return self.discrete
        gains = np.array(self.gains)
        width = self._width(self.gains, self.roundings, noise)
        shifted = np.array(self.residuals) - np.outer(OFFSETS * noise, gains)
        spread = _mixed(student_4(shifted, width)).sum(axis=1) + _OFFSET_PRIOR
        return self.discrete + float(np.logaddexp.reduce(spread)) + self.log_likelihood_of_moves(noise)

    def log_likelihood_of_moves(self, noise: float) -> float:
        """Of what further answers about a pair differ by: mostly nothing, in any dtype, and now and then a little."""
        if not self.moves:
            return 0.0
        gains, digits = zip(*self._again, strict=True)
        still, moving = (self._width(gains, digits, width) for width in (STILL, max(noise, STILL)))
        moves = np.array(self.moves)
        densities = np.logaddexp(np.log1p(-MOVING) + student_4(moves, still), np.log(MOVING) + student_4(moves, moving))
        return float(_mixed(densities).sum())

    def accounts_for_all(self, noise: float, multiple: float) -> bool:
        """Whether nothing clashes, and no score and no move is farther off than `multiple` times its noise."""
        if self.clashes:
            return False
        near = np.abs(self.residuals) <= multiple * self._width(self.gains, self.roundings, noise)
        gains, digits = zip(*self._again, strict=True) if self._again else ((), ())
        still = np.abs(self.moves) <= multiple * self._width(gains, digits, max(noise, STILL))
        return bool(near.all() and still.all())

    @staticmethod
    def _width(gains: Sequence[float], roundings: Sequence[float], noise: float) -> Scores:
        """How wide scores spread by noise and by their digits."""
        return np.sqrt((np.array(gains) * noise) ** 2 + np.square(roundings) + _EXACT**2)

    @property
    def distances(self) -> Scores:
        """How far each score is from what is predicted, the first time that it was asked for."""
        return np.abs(np.array(self.residuals, dtype=np.float64))


def student_4(residuals: Scores, width: Scores | float) -> Scores:
    """Log-density of Student's t with four degrees of freedom and a scale: ln 3/8 − 5/2 ln(1 + x²/4) − ln scale."""
    scaled = residuals / width
    return np.asarray(np.log(3 / 8) - 2.5 * np.log1p(scaled**2 / 4) - np.log(width))


def _mixed(densities: Scores) -> Scores:
    return np.asarray(np.logaddexp(np.log1p(-STRAY) + densities, _STRAY_DENSITY))


def _does_not_fit(predicted: Answer) -> bool:
    """Whether a score is no number, or the lines do not name each document once."""
    count = len(predicted.scores)
    return not np.isfinite(predicted.scores).all() or predicted.named != tuple(range(count))


def _alike(one: str, other: str) -> bool:
    """Ties are noise's to make and to break: their order counts only where both have some, and where it is told."""
    kind, _, ties = one.partition(", ")
    other_kind, _, other_ties = other.partition(", ")
    return kind == other_kind and (ties == other_ties or bool({"", "no ties"} & {ties, other_ties}))
