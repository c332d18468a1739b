"""How far a healthy model is from its definition in each dtype, measured on the first questions of an examination."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from harness.core.pairs import Pair
from harness.diagnosis.examination import BEGINNINGS, CONTROL, CORE, LIGATURES, OTHER_QUERY, PADDED, QUERY
from harness.reference.attention import attention_by
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker

#: What deployments compute in.
MEASURED = ("float32", "float16", "bfloat16")
#: Spacings of float32 below which no noise is believed: another kernel rounds otherwise.
LEAST_SPACINGS = 4.0
#: Kernels of attention that every device has.
KERNELS = ("sdpa", "eager")
PAIRS = (
    *(Pair(query, document) for query in (QUERY, OTHER_QUERY) for document in CORE),
    *(Pair(QUERY, document) for document in (CONTROL, PADDED, LIGATURES, *BEGINNINGS)),
)


def measured_noise(reference: Reranker, device: Device) -> Mapping[str, float]:
    """Root mean square deviation from `reference`, in logits, of the model computed in each dtype on `device`, by the
    kernel of attention that deviates most; a dtype that the device cannot compute in is left out.
    """
    right = reference.log_odds(PAIRS, one_by_one=True)
    least = LEAST_SPACINGS * float(np.spacing(np.float32(np.abs(right).max())))
    noise = {dtype: _deviation(reference, device, dtype) for dtype in MEASURED}
    return {dtype: max(least, width) for dtype, width in noise.items() if width is not None}


def _deviation(reference: Reranker, device: Device, dtype: str) -> float | None:
    healthy = load_reranker(reference.parts.checkpoint, device, dtype=dtype)
    right, found = reference.log_odds(PAIRS, one_by_one=True), []
    for kernel in KERNELS:
        with attention_by(healthy, kernel) as there_is:
            apart = healthy.log_odds(PAIRS) - right if there_is else np.full(1, np.nan)
        if np.isfinite(apart).all():
            found.append(float(np.sqrt(np.mean(apart**2))))
    return max(found, default=None)


def measured_tolerance(reference: Reranker, device: Device, dtype: str | None) -> Mapping[str, float]:
    """How far a healthy target on `device`, in `dtype` or that of the policy, is from the reference, and how far it
    moves between batches: the largest of each, in logits.
    """
    healthy = load_reranker(reference.parts.checkpoint, device, dtype=dtype)
    right = reference.log_odds(PAIRS, one_by_one=True)
    together, alone = healthy.log_odds(PAIRS), healthy.log_odds(PAIRS, one_by_one=True)
    least = float(np.spacing(np.float32(np.abs(right).max())))
    return {
        "noise_logit": max(least, *np.abs(together - right), *np.abs(alone - right)),
        "movement_logit": max(least, *np.abs(together - alone)),
    }
