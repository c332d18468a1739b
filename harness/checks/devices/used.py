"""The device."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "devices.used",
    "The device that was asked for is used",
    area=Area.DEVICES,
    stage=Stage.FORWARD,
    phase=Phase.CONFIGURATION,
    severity=Severity.CRITICAL,
    needs=(Need.PIPELINE,),
    beside="sees work on another device, which moves no score",
)
def used(context: Context) -> list[Outcome]:
    """Every parameter lies on the device that was asked for, and so do the states that a forward pass returns."""
    pipeline = context.target.reranker
    assert pipeline is not None
    wanted, parts = context.device, pipeline.parts
    elsewhere = [name for name, p in parts.module.named_parameters() if not _same(p.device, context)]
    states = pipeline.stages.forward(pipeline.stages.batch([pipeline.encoding(context.probes[0])]))
    remedy = "a silent fallback: ask the engine for the device explicitly, and fail where it is missing"
    return [
        holds(
            not elsewhere,
            f"{len(elsewhere)} parameters are not on {wanted}" if elsewhere else f"every parameter is on {wanted}",
            evidence=", ".join(elsewhere[:3]),
            remedy=remedy,
            subject="parameters",
        ),
        holds(_same(states.device, context), f"states are on {states.device}", remedy=remedy, subject="states"),
    ]


def _same(device: object, context: Context) -> bool:
    kind, index = getattr(device, "type", None), getattr(device, "index", None)
    return kind == context.device.kind and (index in (None, context.device.index))
