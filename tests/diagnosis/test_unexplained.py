"""A deviation that no fault of the library explains: it is called so, with the stage as far as the answers tell."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from harness.core.vocabulary import Stage
from harness.detection.subjects import Subject
from harness.diagnosis.asking import Examinee
from harness.diagnosis.examination import examination
from harness.diagnosis.unexplained import narrowed
from harness.engine.diagnosis import diagnosed
from harness.reference.pipeline import Reranker
from harness.reference.reply import Item, Response
from harness.reference.stages import Answering, RerankRequest
from harness.targets.reference import ReferenceTarget

SUBJECT = Subject("tiny-causal")
LIMIT = 1e-3
Wrong = Callable[[RerankRequest, Response], Response]


def answering_wrongly(reranker: Reranker, wrong: Wrong) -> ReferenceTarget:
    """The reranker, whose responses something unknown changes."""

    def state(answering: Answering) -> Answering:
        return lambda request: wrong(request, answering(request))

    return ReferenceTarget(replace(reranker, stages=replace(reranker.stages, state=state)))


def moved(change: Callable[[RerankRequest, Item], float]) -> Wrong:
    """Log-odds to which something is added."""

    def wrong(request: RerankRequest, response: Response) -> Response:
        items = [replace(item, score=_shifted(item.score, change(request, item), request.raw)) for item in response]
        return tuple(sorted(items, key=lambda item: -item.score))

    return wrong


def _shifted(score: float, by: float, raw: bool) -> float:
    return score + by if raw else float(1 / (1 + (1 / score - 1) * np.exp(-by)))


COUNT = itertools.count(1)


def by_text(request: RerankRequest, item: Item) -> float:
    pair = request.pairs[item.index]
    return zlib.crc32(f"{pair.query}{pair.document}".encode()) % 1000 / 500


def in_company(request: RerankRequest, item: Item) -> float:
    return 0.37 * (len(request.pairs) > 1)


def with_control_tokens(request: RerankRequest, item: Item) -> float:
    return 0.9 * ("<|" in request.pairs[item.index].document)


def instructed(request: RerankRequest, item: Item) -> float:
    return 0.41 * (request.pairs[item.index].instruction is not None)


def activated_otherwise(request: RerankRequest, response: Response) -> Response:
    return response if request.raw else tuple(replace(item, score=item.score**1.3) for item in response)


def raw_stretched(request: RerankRequest, response: Response) -> Response:
    return tuple(replace(item, score=1.37 * item.score) for item in response) if request.raw else response


def stretched(request: RerankRequest, item: Item) -> float:
    return 0.37 * (item.score if request.raw else float(np.log(item.score / (1 - item.score))))


def of_another_place(request: RerankRequest, response: Response) -> Response:
    return tuple(replace(item, index=item.index + 2) for item in response)


UNKNOWN: Sequence[tuple[str, Wrong, Stage, str]] = (
    ("indices two too high", of_another_place, Stage.REPLY, "4 documents, answered [2, 3, 4, 5]"),
    ("another score each time", moved(lambda request, item: 0.01 * next(COUNT)), Stage.STATE, "the same request"),
    ("company moves scores", moved(in_company), Stage.BATCH, "a document by itself scores up to 0.37 logit"),
    ("another activation", activated_otherwise, Stage.ACTIVATE, "raw scores are right, default ones"),
    ("raw scores otherwise", raw_stretched, Stage.ACTIVATE, "default scores are right, raw ones"),
    ("stretched log-odds", moved(stretched), Stage.ACTIVATE, "log-odds are the right ones times 1.37"),
    ("control tokens", moved(with_control_tokens), Stage.ENCODE, "only unusual texts are scored wrongly"),
    ("instructions", moved(instructed), Stage.ASSEMBLE, "only requests with an instruction"),
    ("another model", moved(by_text), Stage.FORWARD, "no function of the right ones"),
)


@pytest.mark.parametrize(("wrong", "stage", "told"), [row[1:] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_the_stage_is_narrowed_down_as_far_as_the_answers_tell(
    wrong: Wrong, stage: Stage, told: str, reranker: Reranker
) -> None:
    examinee = Examinee(answering_wrongly(reranker, wrong))
    steps = [step for step in examination(examinee.ability, 512) if not step.late]
    found = narrowed([(step, examinee.answers(step)) for step in steps], SUBJECT.weights.source, LIMIT)
    assert (found.stage, told in found.evidence) == (stage, True), found


def test_another_number_of_tokens_points_to_the_prompt(reranker: Reranker) -> None:
    class Counting(ReferenceTarget):
        def respond(self, request: RerankRequest) -> tuple[Response, int | None]:
            response, tokens = super().respond(request)
            return moved(by_text)(request, response), (tokens or 0) + 7 * len(request.pairs)

    examinee = Examinee(Counting(reranker))
    steps = examination(examinee.ability, 512)[:4]
    found = narrowed([(step, examinee.answers(step)) for step in steps], SUBJECT.weights.source, LIMIT)
    assert (found.stage, "tokens are counted for 4 prompts of" in found.evidence) == (Stage.ASSEMBLE, True)


@pytest.mark.slow
def test_what_no_fault_explains_is_called_unexplained(reranker: Reranker) -> None:
    found = diagnosed(answering_wrongly(reranker, moved(by_text)), SUBJECT.weights, "float32")
    assert (found.verdict.value, found.causes[0].variant) == ("fail", "unexplained")
