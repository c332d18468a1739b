"""Memory: bounded by the answer rows, not by vocabulary times length."""

from __future__ import annotations

from typing import Any

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, measured
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "devices.memory",
    "No logits of every position are made",
    area=Area.DEVICES,
    stage=Stage.HEAD,
    phase=Phase.CONFIGURATION,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE, Need.CAUSAL),
    beside="sees logits made at every position, which cost memory and move no score",
)
def memory(context: Context) -> list[Outcome]:
    """A forward pass never runs the output head over all positions, which would need batch x length x vocabulary
    numbers; the peak memory of host and device is reported.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    widest = 0

    def widen(module: object, inputs: object, output: Any) -> None:
        nonlocal widest
        widest = max(widest, output.numel())

    module: Any = pipeline.parts.module
    handle = module.get_output_embeddings().register_forward_hook(widen)
    try:
        pipeline.log_odds(context.probes[:4])
    finally:
        handle.remove()
    peak = pipeline.peak_memory()
    outcomes = [
        at_most(
            widest,
            0,
            "numbers",
            f"the output head made {widest} logits beyond the answer rows",
            remedy="ask the model for the last position only (logits_to_keep), or apply the answer rows yourself",
            subject="head",
        ),
        measured(peak.host / 2**20, "MiB", f"resident memory {peak.host / 2**20:.0f} MiB", subject="host"),
    ]
    if peak.device is not None:
        outcomes.append(measured(peak.device / 2**20, "MiB", f"peak {peak.device / 2**20:.0f} MiB", subject="device"))
    return outcomes
