"""How far two scores that should be equal may be apart."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.core.scores import Scores

#: Factor over the target's own spread between repeats, as `Noise.multiple` is over the reference's.
MULTIPLE = 8.0


def tolerance(context: Context) -> tuple[float, str]:
    """The limit in logits and where it comes from: how far a healthy reranker moves, or the target's own repeats."""
    if context.reference is not None:
        return context.movement.limit_logit, f"{context.movement.multiple:g} times the movement of a healthy reranker"
    probes = context.probes[:16]
    repeats = np.stack([context.fresh_logits(probes) for _ in range(context.profile.repeats)])
    spread = float(distance(repeats.max(axis=0), repeats.min(axis=0)).max(initial=0.0))
    limit = max(MULTIPLE * spread, resolution(context, repeats))
    return limit, f"{MULTIPLE:g} times the spread of {len(repeats)} repeats of a request"


def resolution(context: Context, logits: Scores) -> float:
    """The limit in logits for what should not move at all: a healthy reranker's movement, or float32's resolution."""
    if context.reference is not None:
        return context.movement.limit_logit
    return MULTIPLE * float(np.spacing(np.float32(np.abs(logits[np.isfinite(logits)]).max(initial=1.0))))


def distance(a: Scores, b: Scores) -> Scores:
    """|a − b| in logits; equal infinities are 0 apart, and NaN is infinitely far from everything."""
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.where(a == b, 0.0, np.abs(a - b)), nan=np.inf, posinf=np.inf)
