"""How far two scores that should be equal may be apart."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.core.scores import Scores

#: Factor over the target's own spread between repeats, as `Noise.multiple` is over the reference's.
MULTIPLE = 8.0
#: Logits by which a healthy target may move between batches when nothing is known of its dtype: eight times what the
#: embedded model moves in bfloat16, the coarsest dtype in use (measured 4.0e-3; float16 2.2e-3, float32 7.6e-6).
UNKNOWN_DTYPE = 3.2e-2


def tolerance(context: Context) -> tuple[float, str]:
    """The limit in logits and where it comes from: how far a healthy reranker moves between batches and repeats.

    Without a reference it is that of an unknown dtype, or the target's own spread between repeats if that is wider.
    """
    if context.has_answers:
        return context.movement.limit_logit, f"{context.movement.multiple:g} times the movement of a healthy reranker"
    own = own_limit(context)
    if own > UNKNOWN_DTYPE:
        return own, f"{MULTIPLE:g} times the spread of {context.profile.repeats} repeats of a request"
    return UNKNOWN_DTYPE, "that of bfloat16, since without a checkpoint (--model) nothing is known of the dtype"


def own_limit(context: Context) -> float:
    """How far apart two scores of this target must be to have changed at all, in logits: by its own repeats.

    What the model defines says nothing here. A bfloat16 target may be 0.2 logit away from float64 (measured on the
    embedded model) and still answer the same request alike to the last bit. Never below what float32 can tell apart.
    """
    probes = context.probes[:16]
    repeats = np.stack([context.fresh_logits(probes) for _ in range(context.profile.repeats)])
    spread = float(distance(repeats.max(axis=0), repeats.min(axis=0)).max(initial=0.0))
    finite = np.abs(repeats[np.isfinite(repeats)]).max(initial=1.0)
    return MULTIPLE * max(spread, float(np.spacing(np.float32(finite))))


def distance(a: Scores, b: Scores) -> Scores:
    """|a − b| in logits; equal infinities are 0 apart, and NaN is infinitely far from everything."""
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.where(a == b, 0.0, np.abs(a - b)), nan=np.inf, posinf=np.inf)
