"""Attention by each kernel that is to be had."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.numerics.deviation import Deviation
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.attention import KERNELS, attention_by, missing_kernel

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


#: Plain attention takes its softmax in float32, where the least number of float64, with which padding is masked, is −∞:
#: a padded prompt is NaN (measured with transformers 5.23).
EAGER, IN_FLOAT64 = "eager", "in float64 transformers computes padded prompts as NaN by it"


@check(
    "numerics.kernels",
    "Every kernel of attention computes the reference's values",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="tries the kernels that this deployment does not use, and that another version or device may choose",
)
def kernels(context: Context) -> list[Outcome]:
    """With attention computed by SDPA, by plain matrix products (eager), and by flash attention where there is such,
    the pipeline's log-odds in padded batches are within the measured noise of what the model defines.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    return [_by(kernel, pipeline, context) for kernel in KERNELS]


def _by(kernel: str, pipeline: Reranker, context: Context) -> Outcome:
    reason = missing_kernel(pipeline, kernel) or _unsound(pipeline, kernel)
    if reason is not None:
        return not_applicable(f"{kernel} is not to be had here: {reason}", subject=kernel)
    probes, limit = context.probes, context.noise.limit_logit
    with attention_by(pipeline, kernel):
        # in padded batches, since kernels differ most in what they make of a mask
        logits = replace(pipeline, shared=None, most_padding=1.0).log_odds(probes)
    found = Deviation(probes, logits, context.reference_logits(probes))
    largest = float(found.absolute.max())
    return at_most(
        largest,
        limit,
        "logit",
        f"with {kernel} the largest deviation from the reference is {largest:.2e} logit on {len(probes)} pairs",
        evidence=f"{found.quantiles}; {found.worst}",
        remedy=f"if {kernel} alone deviates, choose another kernel (attn_implementation), and compare mask and scale",
        subject=kernel,
    )


def _unsound(pipeline: Reranker, kernel: str) -> str | None:
    """Why what a kernel of the library computes says nothing of the pipeline."""
    return IN_FLOAT64 if kernel == EAGER and pipeline.parts.precision.dtype.itemsize > 4 else None
