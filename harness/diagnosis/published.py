"""Published answers, right and wrong ones, as a small pack: for models whose weights are not at hand."""

from __future__ import annotations

import numpy as np

from fixtures.answers import KnownAnswer, WrongAnswer, answers_for, wrong_answers_for
from harness.core.pairs import Pair
from harness.diagnosis.packs import Pack
from harness.diagnosis.sources import Logits
from harness.reference.activate import Activation

#: Logits that published float32 scores may be off.
PRECISE = 0.01


def published_pack(model: str) -> Pack | None:
    """What is published of the model of that hub id; None where nothing is."""
    right = answers_for(model, "")
    if not right:
        return None
    wrong = wrong_answers_for(model)
    # what is asked must be known of every variant, or it could not be told from the others
    told = {answer.same_texts_as for answer in wrong}
    right = tuple(answer for answer in right if answer.id in told) or right
    coarse = max(answer.tolerance_logit for answer in right)
    requests = {
        answer.id: tuple(Pair(answer.query, text, answer.instruction) for text in answer.documents) for answer in right
    }
    pairs = tuple(dict.fromkeys(pair for request in requests.values() for pair in request))
    numbers = {id: number for number, id in enumerate(requests)}
    answers = {"": {numbers[answer.id]: _logits(answer) for answer in right}}
    for answer in wrong:
        answers.setdefault(answer.fault, {})[numbers[answer.same_texts_as]] = _logits(answer)
    return Pack(
        model={"id": model, "digest": None, "max_length": 8192, "family": "qwen3-reranker"},
        provenance={"sources": sorted({*(answer.source for answer in right), *(answer.source for answer in wrong)})},
        activation=Activation(0, None),
        noise={"float32": PRECISE, "bfloat16": coarse},
        tolerance={"noise_logit": coarse / 8, "movement_logit": PRECISE},
        variants=tuple(fault for fault in answers if fault),
        whole=frozenset(),
        pairs=pairs,
        requests=tuple(tuple(map(pairs.index, request)) for request in requests.values()),
        answers=answers,
        counts={},
        products=np.full((len(pairs), len(pairs)), np.nan),
    )


def _logits(answer: KnownAnswer | WrongAnswer) -> Logits:
    return np.array(answer.logits, dtype=np.float64)[:, None]
