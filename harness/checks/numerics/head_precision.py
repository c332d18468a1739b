"""The head by itself: the last place where precision is lost."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "numerics.head-precision",
    "The head computes in float32 or better",
    area=Area.NUMERICS,
    stage=Stage.HEAD,
    phase=Phase.VALUES,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE,),
    beside="looks at the head alone: the rest of the model's noise would hide it",
)
def head_precision(context: Context) -> Outcome:
    """On the same states, the head's logits equal those computed in float64 to the rounding of float32: at most
    width · ε · Σ|w·h| (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).
    """
    import torch

    pipeline = context.target.reranker
    assert pipeline is not None
    stages = pipeline.stages
    batch = stages.batch([pipeline.encoding(pair) for pair in context.probes[:8]])
    with torch.inference_mode():
        states = stages.forward(batch)
        exact = stages.head(states.double())
        deviation = float((stages.head(states).double() - exact).abs().max())
    magnitude = float(states.double().abs().sum(-1).max()) * float(exact.abs().max().clamp(min=1.0))
    limit = states.shape[-1] * torch.finfo(torch.float32).eps * magnitude
    return at_most(
        deviation,
        limit,
        "logit",
        f"the head deviates from float64 by {deviation:.1e} logit",
        evidence=f"states in {states.dtype}, width {states.shape[-1]}",
        remedy="compute the answer rows in float32: bfloat16 logits near 18 are 1/8 apart",
    )
