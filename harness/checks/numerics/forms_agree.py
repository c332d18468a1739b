"""One model in two forms gives one score: the conversion to a classifier, proved on the embedded variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fixtures.models import model_folder
from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.checkpoint import open_checkpoint
from harness.reference.devices import Device

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

CLASSIFIERS = ("tiny-seq-cls", "tiny-seq-cls-2", "tiny-seq-cls-2-reversed")
#: Computed in float64 from float32 weights whose difference of rows was rounded once: 128 products of at most 2^-24.
LIMIT = 1e-4


@check(
    "numerics.forms-agree",
    "Causal model and converted classifiers agree",
    area=Area.NUMERICS,
    stage=Stage.HEAD,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="proves that conversions of a model keep its scores: there is nothing of the target in it",
)
def forms_agree(context: Context) -> list[Outcome]:
    """The embedded causal model and the classifiers made from its rows yes − no, with one label and with two in both
    orders, give the same log-odds pair by pair.
    """
    pairs = context.probes[:6]
    logits = {name: _reranker(name).log_odds(pairs) for name in ("tiny-causal", *CLASSIFIERS)}
    return [
        at_most(
            float(np.abs(logits[name] - logits["tiny-causal"]).max()),
            LIMIT,
            "logit",
            f"{name} against tiny-causal on {len(pairs)} pairs",
            remedy="the answer row of a converted classifier is lm_head[yes] − lm_head[no], from lm_head itself",
            subject=name,
        )
        for name in CLASSIFIERS
    ]


def _reranker(name: str) -> Reranker:
    from harness.reference.loading import load_reranker

    return load_reranker(open_checkpoint(model_folder(name), name=name), Device("cpu"), dtype="float64")
