"""Out of memory is survived by halving the batch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Severity, Stage

if TYPE_CHECKING:
    from torch import Tensor

    from harness.reference.batch import Batch

FITS = 2
"""Rows that the simulated device holds."""


@check(
    "devices.out-of-memory",
    "Out of memory halves the batch",
    area=Area.DEVICES,
    stage=Stage.BATCH,
    phase=Phase.VALUES,
    severity=Severity.MINOR,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="makes the device run out of memory, which no fault does",
)
def out_of_memory(context: Context) -> Outcome:
    """A pipeline whose device holds two rows at a time gives the scores of one that holds them all."""
    import torch

    pipeline = context.target.reranker
    assert pipeline is not None
    roomy = pipeline.stages.forward

    def cramped(batch: Batch) -> Tensor:
        if len(batch.ids) > FITS:
            raise torch.OutOfMemoryError(f"simulated: {len(batch.ids)} rows, {FITS} fit")
        return roomy(batch)

    probes = context.probes[:8]
    small = replace(pipeline, stages=replace(pipeline.stages, forward=cramped), on_note=lambda topic, message: None)
    deviation = float(np.abs(small.log_odds(probes) - pipeline.log_odds(probes)).max())
    return at_most(
        deviation,
        context.movement.limit_logit,
        "logit",
        f"scores move by {deviation:.1e} logit when batches are halved",
        remedy="the rows of a halved batch are put back in another order, or padding changes scores (numerics.batched)",
    )
