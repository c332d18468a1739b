"""A batch is many single pairs at once, and nothing else."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "numerics.batched",
    "Batched scores equal those one by one",
    area=Area.NUMERICS,
    stage=Stage.BATCH,
    phase=Phase.VALUES,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="compares logits inside the pipeline, before probabilities round them",
)
def batched(context: Context) -> Outcome:
    """The pipeline's log-odds do not depend on which pairs share a batch, beyond what a healthy reranker moves."""
    pipeline = context.target.reranker
    assert pipeline is not None
    together, alone = pipeline.log_odds(context.probes), pipeline.log_odds(context.probes, one_by_one=True)
    deviation = np.abs(together - alone)
    worst = context.probes[int(deviation.argmax())]
    return at_most(
        float(deviation.max()),
        context.movement.limit_logit,
        "logit",
        f"a pair moves by up to {deviation.max():.2e} logit between a batch and alone",
        evidence=f"{len(deviation)} pairs of different lengths; worst: {worst.query[:60]!r} / {worst.document[:60]!r}",
        remedy="look at the padding side and id, the attention mask, the positions and the index the answer is read at",
    )
