"""Explanations of what a target answers, and how well each has done so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Answer
from harness.diagnosis.examination import Step
from harness.diagnosis.likelihood import Fit
from harness.diagnosis.simulation import BEHIND_HEAD, NUDGE, NotSimulated, Simulation
from harness.diagnosis.sources import Source
from harness.faults.catalogue import catalogue
from harness.reference.reply import Reply

#: Probability beforehand that nothing is wrong, that one thing is, and that two are.
NOTHING, ONE, TWO = 0.5, 0.4, 0.1
#: A fault that was met in public threads is this much more probable beforehand for each of them.
WEIGHT_OF_A_THREAD = 0.25
#: The fault that no simulation can reproduce: its weights are anybody's guess.
RANDOM = "head-random"
#: Requests that a target may have answered before the examination: an alternation may begin with either turn.
TURNS = (0, 1)


@dataclass(frozen=True, slots=True)
class Interface:
    """How answers of the target look, beside their numbers."""

    reply: Reply
    ordered: bool
    counted: bool = False
    """Whether answers say how many tokens were computed."""
    decimals: int | None = None


@dataclass(eq=False)
class Hypothesis:
    """The faults of an explanation (none: the target is healthy), its probability beforehand and its fit so far.

    `answered_before` is how many requests the variant answered before the examination.
    """

    faults: tuple[str, ...]
    prior: float
    simulation: Simulation
    nudged: Simulation
    answered_before: int = 0
    fit: Fit = field(default_factory=Fit)
    lost: bool = False
    _warm: bool = False

    def take(self, step: Step, observed: Sequence[Answer], decimals: int | None) -> None:
        """Answer a step as well, and be held against what was observed."""
        try:
            self._warm_up(step)
            predicted, moved = self.simulation.answers(step), self.nudged.answers(step)
        except NotSimulated:
            self.lost = True
            return
        for request, seen, said, also in zip(step.requests, observed, predicted, moved, strict=True):
            self.fit.add(request.pairs, seen, said, also, decimals)

    def _warm_up(self, step: Step) -> None:
        for _ in range(0 if self._warm else self.answered_before):
            for simulation in (self.simulation, self.nudged):
                simulation.answers(step)
        self._warm = True


def hypothesis(
    source: Source, interface: Interface, faults: tuple[str, ...], prior: float, answered_before: int = 0
) -> Hypothesis:
    """A fresh explanation, with nothing remembered of any request."""
    plain, nudged = (
        Simulation(source, faults, interface.reply, interface.ordered, interface.counted and not nudge, nudge)
        for nudge in (0.0, NUDGE)
    )
    return Hypothesis(faults, prior, plain, nudged, answered_before)


def known_faults(source: Source) -> tuple[str, ...]:
    """Ids of all faults that can be simulated with a source, in the order of the stages."""
    variants = set(source.variants) - {RANDOM}
    return tuple(id for id, entry in catalogue().items() if entry.stage in BEHIND_HEAD or id in variants)


def singles(source: Source, interface: Interface) -> Iterator[Hypothesis]:
    """The healthy model, and each fault by itself."""
    yield hypothesis(source, interface, (), NOTHING)
    for id, prior in priors(known_faults(source)).items():
        turns = TURNS if catalogue()[id].stage is Stage.STATE else TURNS[:1]
        for turn in turns:
            yield hypothesis(source, interface, (id,), ONE * prior / len(turns), turn)


def priors(faults: Sequence[str]) -> Mapping[str, float]:
    """How probable each is beforehand, given that one of them is there."""
    weights = np.array([1 + WEIGHT_OF_A_THREAD * len(catalogue()[id].met) for id in faults])
    return dict(zip(faults, (weights / weights.sum()).tolist(), strict=True))
