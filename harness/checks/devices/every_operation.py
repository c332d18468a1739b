"""Every operation of a forward pass: silent fallback to another device or a lower precision."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.devices.used import same_device
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, warns
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.devices import Device, Precision

if TYPE_CHECKING:
    import torch

    from harness.reference.operations import Operation
    from harness.reference.pipeline import Reranker

#: How torch says that an operation is computed elsewhere, e.g. "... will fall back to run on the CPU".
FALLS_BACK = re.compile(r"fall(s|ing)?[ -]?back", re.IGNORECASE)
#: Lets torch compute on the CPU, without an error, what Metal cannot.
MPS_FALLBACK = "PYTORCH_ENABLE_MPS_FALLBACK"
#: Operations that a message names; there are more in its evidence.
NAMED = 3


@check(
    "devices.every-operation",
    "No operation falls back to another device or a lower precision",
    area=Area.DEVICES,
    stage=Stage.FORWARD,
    phase=Phase.CONFIGURATION,
    needs=(Need.PIPELINE,),
    beside="names the operation, where others see only that weights or states are not what they should be",
)
def every_operation(context: Context) -> Iterator[Outcome]:
    """From tensors to answer logits, the floating-point result of every operation lies on the device that was asked
    for, in a dtype that holds what the declared one does (or float32, in which libraries compute norms and rotations;
    or that of an autocast that was asked for), and nothing is said to fall back.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    counts, warned = _computed(pipeline, context)
    precision = pipeline.parts.precision
    yield _on_the_device(counts, context.device)
    yield _in_precision(counts, precision)
    yield _unannounced(warned)
    if context.device.kind == "mps" and os.environ.get(MPS_FALLBACK, "0") not in ("", "0"):
        yield warns(
            f"{MPS_FALLBACK} is set: what Metal cannot compute goes to the CPU without an error",
            remedy=f"unset {MPS_FALLBACK}, so that such an operation is an error",
            subject="permission",
        )


def _computed(pipeline: Reranker, context: Context) -> tuple[Counter[Operation], list[str]]:
    """The operations of one batch, and what torch warns of there and on the pipeline's own way to the scores."""
    from harness.reference.operations import Operations, every_warning

    pairs, stages = context.probes[:4], pipeline.stages
    batch = stages.batch([pipeline.encoding(pair) for pair in pairs])
    with pipeline.parts.turn, every_warning() as warned:
        with Operations() as operations:
            stages.head(stages.forward(batch))
        pipeline.log_odds(pairs)
    return operations.counts, [text for text in warned() if FALLS_BACK.search(text)]


def _on_the_device(counts: Counter[Operation], wanted: Device) -> Outcome:
    elsewhere = {op: times for op, times in counts.items() if not same_device(op.device, wanted)}
    return holds(
        not elsewhere,
        f"{_shown(elsewhere)} computed elsewhere than on {wanted}"
        if elsewhere
        else f"all {counts.total()} operations are computed on {wanted}",
        evidence=_listed(elsewhere),
        remedy="a part of the model, or a tensor that was made in between, lies on another device: move it there once",
        subject="device",
    )


def _in_precision(counts: Counter[Operation], precision: Precision) -> Outcome:
    declared = precision.autocast or precision.dtype
    lower = {op: times for op, times in counts.items() if not _holds_all(op.dtype, declared)}
    return holds(
        not lower,
        f"{_shown(lower)} computed in a lower precision than {declared}"
        if lower
        else f"all {counts.total()} operations are computed in {declared} or better",
        evidence=_listed(lower),
        remedy="find what casts down: an autocast that nobody asked for, a quantised or fused kernel, a stray .half()",
        subject="precision",
    )


def _unannounced(warned: list[str]) -> Outcome:
    return holds(
        not warned,
        f"torch warns of falling back: {warned[0]}" if warned else "torch warns of no fallback",
        evidence="; ".join(warned),
        remedy="use a version of torch that has the operation on this device, or a model without it",
        subject="warnings",
    )


def _holds_all(dtype: torch.dtype, declared: torch.dtype) -> bool:
    """Whether a dtype has the digits and the range of the declared one, or is float32."""
    import torch

    found, wanted = torch.finfo(dtype), torch.finfo(declared)
    return dtype == torch.float32 or (found.eps <= wanted.eps and found.max >= wanted.max)


def _shown(found: dict[Operation, int]) -> str:
    """The operations that occur most, and how many more there are."""
    names = [name for name, _ in _by_name(found).most_common()]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more} {'is' if len(names) == 1 else 'are'}"


def _listed(found: dict[Operation, int]) -> str:
    return ", ".join(f"{op.name} in {op.dtype} on {op.device} ({times})" for op, times in found.items())[:600]


def _by_name(found: dict[Operation, int]) -> Counter[str]:
    names: Counter[str] = Counter()
    for operation, times in found.items():
        names[operation.name] += times
    return names
