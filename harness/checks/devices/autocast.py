"""Autocast, asked for with the device's own type."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.devices import Precision, mixed_precision, parse_dtype

HALF = {"cpu": "bfloat16", "cuda": "float16", "mps": "float16"}


@check(
    "devices.autocast",
    "Autocast works on this device",
    area=Area.DEVICES,
    stage=Stage.FORWARD,
    phase=Phase.CONFIGURATION,
    severity=Severity.MINOR,
    needs=(Need.REFERENCE,),
    beside="looks at the device: other checks see only what follows from it",
)
def autocast(context: Context) -> list[Outcome]:
    """Inside the reference's autocast a matrix product on this device is computed in half precision, and a CPU autocast
    around tensors of another device does nothing (a widespread mistake for MPS).
    """
    import torch

    kind = context.device.kind
    if not torch.amp.is_autocast_available(kind):
        return [not_applicable(f"torch {torch.__version__} has no autocast for {kind}")]
    half = parse_dtype(HALF[kind])
    ones = torch.ones(2, 2, device=context.device.torch)
    with mixed_precision(Precision(context.device, torch.float32, half)):
        inside = (ones @ ones).dtype
    with torch.autocast("cpu", dtype=torch.bfloat16):
        elsewhere = (torch.ones(2, 2, device="meta") @ torch.ones(2, 2, device="meta")).dtype
    return [
        holds(inside == half, f"inside autocast a product is {inside}", subject="own type"),
        holds(
            elsewhere == torch.float32,
            f"a CPU autocast leaves a product of another device in {elsewhere}",
            subject="foreign type",
        ),
    ]
