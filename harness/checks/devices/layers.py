"""Where the target's device and dtype leave the reference, by module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.attention import attention_by, kernel_of

if TYPE_CHECKING:
    from harness.divergence.result import Divergence
    from harness.reference.pipeline import Parts

#: Prompts that are compared, the shortest of the probes: every token shows what a module does.
PROMPTS = 2


@check(
    "devices.layers",
    "No module diverges from the same module of the reference",
    area=Area.DEVICES,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="names the module, where values only say that something is off; faults are planted around modules",
)
def layers(context: Context) -> Outcome:
    """Each module of the target's model, given the states of the reference's pass on the CPU, makes of them what the
    reference's module makes, to within what rounding to the coarser of the two dtypes explains. For a target on the CPU
    in float32 the reference's pass has the other kernel of attention, SDPA or eager.
    """
    from harness.divergence.compare import around, compare

    pipeline, reference = context.target.reranker, context.reference
    assert pipeline is not None
    assert reference is not None
    encodings = sorted(map(reference.encoding, context.probes), key=lambda encoding: len(encoding.ids))[:PROMPTS]
    with attention_by(reference, _kernel(pipeline.parts)):
        return _outcome(compare(reference, around(reference, pipeline.parts), encodings))


def _kernel(parts: Parts) -> str:
    """The kernel of the reference's pass."""
    on_cpu = parts.device.kind == "cpu" and str(parts.precision.dtype) == "torch.float32"
    return "eager" if on_cpu and kernel_of(parts.module) == "sdpa" else "sdpa"


def _outcome(found: Divergence) -> Outcome:
    row = found.first or found.worst
    value, limit = row.local / found.eps, row.limit / found.eps
    a, b = found.computations
    beyond = f"{row.name} is the first of {sum(row.diverges for row in found.modules)} modules that diverge: it adds"
    within = f"no module of {len(found.modules)} diverges; closest to its limit is {row.name}, which adds"
    return at_most(
        value,
        limit,
        "eps",
        f"{within if found.first is None else beyond} {value:.3g} eps where {limit:.3g} is rounding",
        evidence=f"{b} beside {a}, {found.tokens} tokens; eps is {found.eps:.3g}",
        remedy="compare its weights and its dtype with the checkpoint's, then the kernel and mode (TF32, autocast, "
        "quantisation) that it is computed with; rerank-harness layers shows every module",
    )
