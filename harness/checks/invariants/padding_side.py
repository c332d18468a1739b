"""Padding on either side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import tolerance
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.vocabulary import Area, Phase, Stage

if TYPE_CHECKING:
    from harness.reference.batch import Padder
    from harness.reference.pipeline import Reranker


@check(
    "invariants.padding-side",
    "Left and right padding agree",
    area=Area.ROBUSTNESS,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    needs=(Need.PIPELINE,),
    beside="names the mask or the positions, where batches only disagree",
)
def padding_side(context: Context) -> Outcome:
    """The pipeline gives the same log-odds whether short prompts are padded on the left or on the right."""
    from harness.reference.batch import Padder

    pipeline = context.target.reranker
    assert pipeline is not None
    padder = pipeline.stages.batch
    if not isinstance(padder, Padder):
        return not_applicable("the pipeline's batch stage has no side to choose")
    limit, source = tolerance(context)
    left, right = (_padded(pipeline, replace(padder, side=side)).log_odds(context.probes) for side in ("left", "right"))
    worst = float(np.abs(left - right).max())
    return at_most(
        worst,
        limit,
        "logit",
        f"left and right padding differ by up to {worst:.2e} logit",
        evidence=f"{len(left)} pairs; the limit is {source}",
        remedy="positions start at the padding, the mask is not used, or the answer is read at a fixed column",
    )


def _padded(pipeline: Reranker, padder: Padder) -> Reranker:
    """The pipeline with batches of all lengths, and so with as much padding as there can be."""
    return replace(pipeline, stages=replace(pipeline.stages, batch=padder), most_padding=1.0)
