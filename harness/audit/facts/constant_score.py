"""Fact `constant-score`: certain faults of the reference are enough to give one score for every document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from fixtures.collections import load_judged
from harness.audit.facts.registry import fact, value
from harness.core.errors import UsageError
from harness.reference.pipeline import score_requests

if TYPE_CHECKING:
    from harness.audit.vocabulary import Vocabulary
    from harness.reference.pipeline import Reranker

#: Scores that are printed alike, with seven digits.
SAME = 5e-8
#: Logits [positive, negative] of a model that is as sure as can be.
SURE = np.array([[30.0, -30.0]])
#: Pairs that are scored; a constant needs few.
PAIRS = 60


@fact("constant-score")
def constant_score(values: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[bool, str]:
    """With `faults` planted, and nothing else wrong, every pair of the embedded collection gets `score`, or would get
    it from a model that is as sure as can be of every document.
    """
    score = value(values, "score", float, "constant-score")
    faults = value(values, "faults", list, "constant-score")
    if not faults or not all(isinstance(fault, str) for fault in faults):
        raise UsageError(f"the fact constant-score takes ids of faults in `with`; there is {faults!r}")
    reranker = _planted(faults)
    scores = score_requests(reranker, list(load_judged().pairs())[:PAIRS])
    sure = float(reranker.stages.activate(SURE)[0])
    same = all(abs(given - score) < SAME for given in (scores.min(), scores.max())) or abs(sure - score) < SAME
    told = (
        f"with {' and '.join(faults)} planted, {len(scores)} pairs score from {scores.min():.7g} to "
        f"{scores.max():.7g}, and a model that is sure of every document scores {sure:.7g} throughout"
    )
    if same or not 0 < score < 1:
        return same, told
    odds = float(np.log(score / (1 - score)))
    return same, f"{told}; {score:.7g} is the sigmoid of {odds:.4g}, so that a further activation is needed"


def _planted(faults: list[str]) -> Reranker:
    """The embedded model with faults."""
    from fixtures.models import model_folder
    from harness.faults.library import plant
    from harness.reference.checkpoint import open_checkpoint
    from harness.reference.devices import Device
    from harness.reference.loading import load_reranker

    checkpoint = open_checkpoint(model_folder("tiny-causal"), name="tiny-causal")
    return plant(load_reranker(checkpoint, Device("cpu"), dtype="float64"), *faults)
