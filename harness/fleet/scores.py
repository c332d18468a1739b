"""How far the scores of two deployments are apart, and how far they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.core.fleet import Apart
from harness.core.run import Run
from harness.core.scores import Scores
from harness.regression.allowance import HEALTHY, UNKNOWN
from harness.regression.joined import Joined, distance, joined
from harness.statistics.rank_changes import all_flips

#: A limit is eight times the farthest that a healthy model was seen to be (`statistics.noise`), so an eighth of it is
#: that farthest one, and half of all scores are not beyond it by noise: of the embedded model in bfloat16 and float16,
#: half are within a twentieth of the farthest.
TYPICAL = 8.0


@dataclass(frozen=True, slots=True)
class Noise:
    """How far a healthy deployment may be from what the model defines, in logits, and how that is known."""

    deviation: float
    origin: str = ""

    @classmethod
    def of(cls, run: Run) -> Noise:
        """What the run measured; else what is known of its dtype, or of the coarsest where nobody named one."""
        if run.noise is not None:
            return cls(run.noise.deviation_logit)
        dtype = str(run.started.environment.get("dtype"))
        known = dtype if dtype in HEALTHY else "bfloat16"
        return cls(HEALTHY.get(dtype, UNKNOWN)[1], f"what healthy models in {known} do, since nothing was measured")


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a majority of deployments is apart, in logits: half of their scores, and all of them."""

    typical: float
    largest: float


NONE = Spread(0.0, 0.0)


def apart(first: tuple[str, Run], second: tuple[str, Run], spread: Spread = NONE) -> Apart | None:
    """How far two deployments are apart, by name and run; None where they have no judged query in common.

    They may be as far apart as both together may be from what the model defines: so two of which each is healthy by
    itself, in whatever precision, never disagree. Nor do those that are no farther apart than `spread`.
    """
    queries = joined(first[1], second[1])
    if not queries:
        return None
    every = np.concatenate([_between(query) for query in queries])
    noises = [Noise.of(run) for _, run in (first, second)]
    allowed = sum(noise.deviation for noise in noises)
    limit, typical = max(allowed, spread.largest), max(allowed / TYPICAL, spread.typical)
    changes = all_flips([(query.base[0], query.run[0]) for query in queries])
    origin = next((noise.origin for noise in noises if noise.origin), "measured noise")
    return Apart(
        first[0], second[0], every.size, float(np.median(every)), float(every.max()), limit, typical,
        origin if limit == allowed else "how far the majority is apart", changes.beyond(2.0 * limit), changes.count,
    )  # fmt: skip


def spread_of(distances: Sequence[Sequence[float]]) -> float:
    """Radius of the tightest majority: the least distance of any to the half of the others that are next to it; 0 of
    fewer than three. Fewer than half of all can move it, however far they are away (Rousseeuw, JASA 1984).

    `distances` are those of each to all, to itself 0.
    """
    count = len(distances)
    if count < 3:
        return 0.0
    return min(sorted(row)[count // 2] for row in distances)


def _between(query: Joined) -> Scores:
    """How far each document's scores are apart in the takes that are nearest, less what their digits can be: what comes
    and goes is no disagreement.
    """
    nearest = distance(query.base[:, None], query.run[None]).min(axis=(0, 1))
    return np.asarray(np.maximum(0.0, nearest - query.digits), dtype=np.float64)
