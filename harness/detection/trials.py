"""One trial: faults planted in a target, and what diagnosis makes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from harness.core.vocabulary import Stage
from harness.detection.healthy import Configuration
from harness.diagnosis.result import Diagnosis, Judgement
from harness.engine.diagnosis import Model, diagnosed
from harness.faults.catalogue import catalogue
from harness.targets.protocol import Target


@dataclass(frozen=True, slots=True)
class Trial:
    """What was planted where, and what was found. `way` is "weights", "pack" or a served dialect."""

    planted: tuple[str, ...]
    way: str
    verdict: str
    found: tuple[str, ...]
    stages: tuple[str, ...]
    confidence: float
    requests: int
    passes: int
    seconds: float

    @property
    def detected(self) -> bool:
        """Whether the target was not taken for a healthy one."""
        return self.verdict == Judgement.FAIL

    @property
    def stage_named(self) -> bool:
        """Whether every stage with a fault is among those named, each as one of the first causes."""
        return {catalogue()[id].stage.value for id in self.planted} <= set(self.stages[: len(self.planted)])

    @property
    def variant_first(self) -> bool:
        """Whether the first causes are the very faults that were planted."""
        return set(self.found[: len(self.planted)]) == set(self.planted)


def trial(planted: Sequence[str], way: str, target: Target, model: Model, dtype: str = "float32") -> Trial:
    """Diagnose a target with planted faults; diagnosis is told neither that there are any, nor which."""
    found = diagnosed(target, model, dtype)
    return Trial(
        planted=tuple(planted), way=way, verdict=found.verdict.value, found=_variants(found), stages=_stages(found),
        confidence=found.causes[0].confidence if found.causes else 0.0, requests=found.requests, passes=found.passes,
        seconds=round(found.elapsed_seconds, 2),
    )  # fmt: skip


def diagnosis_of_healthy(drawn: Configuration, target: Target, model: Model) -> Diagnosis:
    """Diagnose a healthy deployment, whose dtype is declared or not."""
    return diagnosed(target, model, drawn.dtype if drawn.declared else None)


def sampled_pairs(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """Pairs of faults at different stages, drawn from all there are."""
    usable = [id for id in catalogue() if id != "head-from-embeddings"]
    every = [pair for pair in combinations(usable, 2) if catalogue()[pair[0]].stage is not catalogue()[pair[1]].stage]
    return random.Random(seed).sample(every, count)


def _variants(found: Diagnosis) -> tuple[str, ...]:
    return tuple(cause.variant for cause in found.causes)


def _stages(found: Diagnosis) -> tuple[str, ...]:
    stages: list[Stage] = [cause.stage for cause in found.causes]
    return tuple(stage.value for stage in stages)
