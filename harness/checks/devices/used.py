"""The device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.devices import Device

if TYPE_CHECKING:
    import torch


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
    elsewhere = [name for name, p in parts.module.named_parameters() if not same_device(p.device, wanted)]
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
        holds(same_device(states.device, wanted), f"states are on {states.device}", remedy=remedy, subject="states"),
    ]


def same_device(found: torch.device, wanted: Device) -> bool:
    """Whether a tensor's device is the one that was asked for; one without an index may be any of its kind."""
    return found.type == wanted.kind and found.index in (None, wanted.index)
