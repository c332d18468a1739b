"""Deeper than scores, where the target runs in this process: the first stage that differs, and a small request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from harness.core.errors import TargetError
from harness.core.pairs import Pair
from harness.diagnosis.examination import Ability, examination
from harness.diagnosis.layers import first_difference
from harness.diagnosis.reproducer import shrink
from harness.diagnosis.result import Diagnosis, Difference, Judgement, Reproducer
from harness.reference.pipeline import Reranker
from harness.targets.protocol import Target

#: Calls of the target for which a failing request is made smaller.
CALLS = 40


def looked_into(diagnosis: Diagnosis, target: Target, reference: Reranker, limit: float) -> Diagnosis:
    """The diagnosis with the first difference inside the pipeline, and the smallest request that deviates by more
    than `limit` logits. Only for a target that has a pipeline in this process and is not sound.
    """
    if target.reranker is None or diagnosis.verdict is Judgement.PASS:
        return diagnosis
    ability = Ability(instruction=target.capabilities.instruction)
    requests = [step.requests[0].pairs for step in examination(ability, reference.parts.checkpoint.max_length)]
    shown = next((pairs for pairs in requests if _deviates(target, reference, pairs, limit)), None)
    smallest = None if shown is None else shrink(shown, lambda pairs: _deviates(target, reference, pairs, limit), CALLS)
    asked = [requests[0]] if shown is None else [shown]
    return replace(
        diagnosis,
        difference=next(_differences(target.reranker, reference, asked), None),
        reproducer=None if smallest is None else _reproducer(smallest),
    )


def _differences(target: Reranker, reference: Reranker, requests: Sequence[tuple[Pair, ...]]) -> Iterator[Difference]:
    for pairs in requests:
        if (found := first_difference(reference, target, pairs)) is not None:
            yield found


def _deviates(target: Target, reference: Reranker, pairs: tuple[Pair, ...], limit: float) -> bool:
    """Whether a request is answered with other scores than the model defines, or not at all."""
    try:
        scores = target.score(pairs[0].query, [pair.document for pair in pairs], pairs[0].instruction)
    except TargetError:
        return True
    right = reference.parts.activation.log_odds(reference.logits(pairs, one_by_one=True))
    probabilities = 1 / (1 + np.exp(-right))
    slope = np.maximum(probabilities * (1 - probabilities), np.finfo(np.float32).eps)
    return not bool((np.abs(np.array(scores) - probabilities) / slope <= limit).all())


def _reproducer(pairs: Sequence[Pair]) -> Reproducer:
    return Reproducer(pairs[0].query, tuple(pair.document for pair in pairs), pairs[0].instruction)
