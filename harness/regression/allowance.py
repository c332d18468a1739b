"""How far the scores of two runs may be apart without anything being wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.core.run import Run
from harness.core.scores import Scores
from harness.regression.joined import Joined, distance

#: Logits by which a healthy model moves between batch shapes and numbers of threads (first), and is from one in float64
#: (second), where a run measured neither: eight times the largest of the embedded model over its 503 judged pairs, in
#: float32 2.1e-5 and 1.9e-5, in float16 2.2e-3 and 0.056, in bfloat16 4.0e-3 and 0.19.
HEALTHY = {
    "float64": (1.7e-4, 1.7e-4),
    "float32": (1.7e-4, 1.7e-4),
    "float16": (1.8e-2, 0.45),
    "bfloat16": (3.2e-2, 1.6),
}
#: Of a dtype that nobody named: the coarsest in use.
UNKNOWN = HEALTHY["bfloat16"]
#: What scores do between two takes of one run, they may do between two runs: so many times the distance that nine of
#: ten keep within, which is 6.6 standard deviations of normal noise. A tenth of the scores may be flaky without hiding
#: what the others do.
TIMES, SHARE = 4.0, 0.9
#: Facts that say what computes: another one may be as far away as both may be from what the model defines.
_COMPUTING = ("device", "dtype", "accelerator")


@dataclass(frozen=True, slots=True)
class Allowance:
    """Limits in logits. `movement`: what rounding alone may do. `noise`: with what the base's takes do among
    themselves; beyond it a score has moved. `drift`: with what the run's own takes do; beyond it in every take, it has
    moved for good. `elsewhere` says in words that something else computed, empty where it did not.
    """

    movement: float
    noise: float
    drift: float
    elsewhere: str

    @classmethod
    def between(cls, base: Run, run: Run, queries: Sequence[Joined]) -> Allowance:
        """From what the runs measured: the larger of both, or what is known of their dtypes."""
        elsewhere = _elsewhere(base, run)
        limits = [_healthy(each) for each in (base, run)]
        movement = max(limit[0] for limit in limits)
        healthy = sum(limit[1] for limit in limits) if elsewhere else movement
        noise = max(healthy, _unsteady([query.base for query in queries]))
        return cls(movement, noise, max(noise, _unsteady([query.run for query in queries])), elsewhere)


def _healthy(run: Run) -> tuple[float, float]:
    if run.noise is not None:
        return run.noise.movement_logit, run.noise.deviation_logit
    return HEALTHY.get(str(run.started.environment.get("dtype")), UNKNOWN)


def _unsteady(takes: Sequence[Scores]) -> float:
    """What the takes of a run allow, from the distances to its first; 0 of a single take."""
    apart = [distance(query[1:], query[:1]).ravel() for query in takes]
    every = np.concatenate(apart) if apart else np.zeros(0)
    finite = every[np.isfinite(every)]
    return TIMES * float(np.quantile(finite, SHARE)) if finite.size else 0.0


def _elsewhere(base: Run, run: Run) -> str:
    facts = [{**each.started.environment, "device": each.device} for each in (base, run)]
    told = [
        f"the {name} was {before}, and is {now}"
        for name in _COMPUTING
        if None not in ((before := facts[0].get(name)), (now := facts[1].get(name))) and before != now
    ]
    return ", ".join(told)
