"""The search for the explanation: single faults first, then pairs, until one is clearly ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from harness.diagnosis.answers import Answer
from harness.diagnosis.examination import Step
from harness.diagnosis.hypotheses import RANDOM, TWO, Hypothesis, Interface, hypothesis, singles
from harness.diagnosis.likelihood import STRAY, student_4
from harness.diagnosis.pairs import dear_pairs, free_pairs, pairs_with, pairs_with_a_head
from harness.diagnosis.random_head import incomplete, log_evidence
from harness.diagnosis.sources import Source

#: Natural logarithm of odds against an explanation from which on it is not followed any further.
GIVEN_UP = 40.0
#: Explanations that are followed where none accounts for all that was answered so far: with twelve, a random head takes
#: 361 forward passes of tiny-causal, with all of them 716.
FOLLOWED = 12
#: Odds, as logarithm, by which a healthy target must not be behind for the late, dearer steps to be asked.
CLEARLY_AHEAD = 20.0
#: Probability beforehand of something that is not in the library.
UNKNOWN = 0.002
#: Factor over the noise (root mean square) from which on a deviation needs a cause: scores under a longer prompt were
#: up to 8.9 times as far off as the noise that was measured.
BEYOND_NOISE = 12.0
#: Logits of deviation beside a fault that need no second one: a fault may multiply noise, a missing attention scale a
#: hundredfold.
NEGLIGIBLE = 1e-3
#: Probability beforehand of a random head.
RANDOM_PRIOR = 0.01
#: The widest noise an explanation is tried with: what a quantised or otherwise inexact deployment may add to a fault.
ROUGH = 0.3
_ROUGH_PRIOR = 0.02


@dataclass(frozen=True, slots=True)
class Explanation:
    """Faults (none: healthy; None: unknown), the dtype whose noise they are seen through, and their probability."""

    faults: tuple[str, ...] | None
    dtype: str
    probability: float
    residual: float
    """Median distance of the scores from what is predicted, in logits."""


@dataclass
class Search:
    """One examination of one target."""

    source: Source
    interface: Interface
    ask: Callable[[Step], tuple[Answer, ...]]
    tolerated: float
    """Noise of the least precise dtype that the target may compute in; a wider one may hide a second fault."""
    asked: list[tuple[Step, tuple[Answer, ...]]] = field(default_factory=list)
    alive: list[Hypothesis] = field(default_factory=list)
    healthy: Hypothesis = field(init=False)

    def __post_init__(self) -> None:
        """All single faults are possible."""
        self.alive = list(singles(self.source, self.interface))
        self.healthy = self.alive[0]

    def run(self, steps: Sequence[Step]) -> list[Explanation]:
        """Explanations, the most probable first, after as many steps as it takes."""
        for step in steps:
            if step.late and not self._still_right():
                break
            self.asked.append((step, self.ask(step)))
            self.alive = self._held_against(self.alive, *self.asked[-1])
        if not self._satisfied():
            self.alive += self._pairs()
        return self.explanations()

    def _held_against(
        self, candidates: Sequence[Hypothesis], step: Step, observed: tuple[Answer, ...]
    ) -> list[Hypothesis]:
        """Those that are not hopelessly behind after one more step; the healthy one is kept to compare with."""
        for candidate in candidates:
            candidate.take(step, observed, self.interface.decimals)
        left = [candidate for candidate in candidates if not candidate.lost]
        leading = max(map(self._best, left), default=0.0)
        near = [c for c in left if c is self.healthy or self._best(c) > leading - GIVEN_UP]
        return near if any(map(self._explained_by, near)) else self._nearest(near)

    def _nearest(self, candidates: Sequence[Hypothesis]) -> list[Hypothesis]:
        """The few of those that explain too little which are worth more forward passes; the healthy one stays."""
        nearest = sorted(candidates, key=self._best, reverse=True)[:FOLLOWED]
        return [candidate for candidate in candidates if candidate is self.healthy or candidate in nearest]

    def explanations(self) -> list[Explanation]:
        """What is left, by falling probability; those that differ only in what came before are taken together."""
        candidates = [*self._weighed(), *self._random_head(), (None, "", self._unknown(), 0.0)]
        top = max(weight for _, _, weight, _ in candidates)
        total: dict[tuple[tuple[str, ...] | None, str], tuple[float, float]] = {}
        for faults, dtype, weight, residual in candidates:
            probability = float(np.exp(weight - top))
            before, nearest = total.get((faults, dtype), (0.0, np.inf))
            total[faults, dtype] = (before + probability, min(nearest, residual))
        whole = sum(probability for probability, _ in total.values())
        found = [Explanation(*key, probability / whole, residual) for key, (probability, residual) in total.items()]
        return sorted(found, key=lambda explanation: -explanation.probability)

    def predicted(self, faults: tuple[str, ...]) -> list[tuple[Answer, ...]]:
        """What the model with those faults answers to each step that was asked."""
        simulation = hypothesis(self.source, self.interface, faults, 1.0).simulation
        return [simulation.answers(step) for step, _ in self.asked]

    def _weighed(self) -> list[tuple[tuple[str, ...], str, float, float]]:
        """Faults, dtype, logarithm of the weight, and residual of every explanation that is left."""
        return [
            (h.faults, dtype, float(np.log(h.prior) + np.log(prior) + h.fit.log_likelihood(noise)), _median(h))
            for h in self.alive
            if not h.lost
            for dtype, (noise, prior) in self._dtypes.items()
        ]

    def _random_head(self) -> list[tuple[tuple[str, ...], str, float, float]]:
        """That the head is random, whatever its weights."""
        found: list[tuple[tuple[str, ...], str, float, float]] = []
        for dtype, noise in self.source.noise.items():
            evidence = log_evidence(self.source, self.asked, noise)
            if evidence is not None:
                further = self.healthy.fit.log_likelihood_of_moves(noise) + incomplete(self.asked) * float(
                    np.log(STRAY)
                )
                found.append(((RANDOM,), dtype, float(np.log(RANDOM_PRIOR)) + evidence + further, 0.0))
        return found

    @property
    def _dtypes(self) -> Mapping[str, tuple[float, float]]:
        """Noise and probability beforehand of each dtype, and of something rougher than any."""
        noise = self.source.noise
        return {dtype: (width, 1 / len(noise)) for dtype, width in noise.items()} | {"rough": (ROUGH, _ROUGH_PRIOR)}

    def _unknown(self) -> float:
        """Log-weight of a cause that the library does not hold: scores anywhere about the healthy ones."""
        fit = self.healthy.fit
        if not fit.residuals:
            return float(np.log(UNKNOWN)) + fit.discrete / 2
        spread = max(float(np.sqrt(np.mean(np.square(fit.residuals)))), BEYOND_NOISE * self.tolerated)
        seen = float(student_4(np.array(fit.residuals), spread).sum())
        return float(np.log(UNKNOWN)) + seen + fit.discrete / 2 + fit.log_likelihood_of_moves(spread)

    def _best(self, candidate: Hypothesis) -> float:
        return float(
            np.log(candidate.prior)
            + max(np.log(prior) + candidate.fit.log_likelihood(noise) for noise, prior in self._dtypes.values())
        )

    def _still_right(self) -> bool:
        leading = max(map(self._best, self.alive))
        return self._best(self.healthy) > leading - CLEARLY_AHEAD

    def _satisfied(self) -> bool:
        """Whether the best explanation accounts for everything that was answered."""
        best = max(self.alive, key=self._best)
        return self._explained_by(best) and self._best(best) > self._unknown()

    def _explained_by(self, candidate: Hypothesis) -> bool:
        negligible = NEGLIGIBLE / BEYOND_NOISE if candidate.faults else 0.0
        return candidate.fit.accounts_for_all(max(self.tolerated, negligible), BEYOND_NOISE)

    def _pairs(self) -> list[Hypothesis]:
        """Explanations of two faults, held against all that was asked.

        A random head explains nearly anything: better than that is only what explains every answer.
        """
        seems_random = self.explanations()[0].faults == (RANDOM,)
        chosen = list(dict.fromkeys(pairs_with_a_head(self.source) if seems_random else self._worth_trying()))
        prior = TWO / max(1, len(chosen))
        candidates = [hypothesis(self.source, self.interface, pair, prior) for pair in chosen]
        for step, observed in self.asked:
            candidates = self._held_against(candidates, step, observed)
            if seems_random:
                candidates = [candidate for candidate in candidates if self._explained_by(candidate)]
        return candidates

    def _worth_trying(self) -> Iterator[tuple[str, str]]:
        yield from free_pairs(self.source)
        yield from dear_pairs(self.source, *self.asked[0])
        leading = max(self.alive, key=self._best).faults
        yield from pairs_with(self.source, leading[0]) if leading else ()


def _median(candidate: Hypothesis) -> float:
    return float(np.median(candidate.fit.distances)) if candidate.fit.residuals else 0.0
