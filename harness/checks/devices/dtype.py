"""The dtype."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_least, holds
from harness.core.vocabulary import Area, Phase, Stage

if TYPE_CHECKING:
    import torch

    from harness.reference.pipeline import Reranker

#: The library computes norms in float32, whatever the model's dtype, and multiplies them by weights that were saved in
#: float32 at most: the states behind the last norm have the bits of two such numbers.
OF_NORMS = 48


@check(
    "devices.dtype",
    "The declared dtype is used",
    area=Area.DEVICES,
    stage=Stage.FORWARD,
    phase=Phase.CONFIGURATION,
    needs=(Need.PIPELINE,),
    beside="names the dtype that was used, where values only say that something is off",
)
def dtype(context: Context) -> list[Outcome]:
    """Weights are in the declared dtype, and the bit patterns of the states are those of that dtype and not of a lower
    one that was widened again.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    declared = pipeline.parts.precision.dtype
    found = {p.dtype for p in pipeline.parts.module.parameters()}
    weights = holds(
        found == {declared},
        f"weights are in {', '.join(sorted(map(str, found)))}, declared is {declared}",
        remedy="the checkpoint was loaded in another dtype than was asked for",
        subject="weights",
    )
    return [weights, _bits(pipeline, context, declared)]


def _bits(pipeline: Reranker, context: Context, declared: torch.dtype) -> Outcome:
    """Bits of significand that the states need: a value rounded to fewer bits has zeros at the end of its pattern."""
    import torch

    encodings = [pipeline.encoding(pair) for pair in context.probes[:4]]
    states = pipeline.stages.forward(pipeline.stages.batch(encodings)).cpu().double()
    if unfit := int((~torch.isfinite(states)).sum()):
        return holds(False, f"{unfit} of {states.numel()} states are not finite", subject="states")
    significand, _ = torch.frexp(states)
    needed = next(bits for bits in range(1, 54) if _fits(significand, bits))
    own = min(1 - int(torch.log2(torch.tensor(torch.finfo(declared).eps))), OF_NORMS)
    # a quarter of all values would by chance end in two zero bits; thousands of values need all but one or two bits
    return at_least(
        needed,
        own - 2,
        "bits",
        f"the states need {needed} bits of significand, {declared} has {own}",
        evidence=f"{states.numel()} values",
        remedy="something in the forward pass computes in a lower precision (autocast, a fused kernel, quantisation)",
        subject="states",
    )


def _fits(significand: torch.Tensor, bits: int) -> bool:
    scaled = significand * 2.0**bits
    return bool((scaled == scaled.round()).all())
