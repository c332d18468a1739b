"""Putting an examination to a target: diagnosis sees what comes back, and nothing else of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.core.errors import MalformedAnswer, Refused, TargetError, Unanswerable
from harness.core.scores import Scale, Scores
from harness.diagnosis.answers import Answer, answer_of
from harness.diagnosis.examination import Ability, Step
from harness.diagnosis.hypotheses import Interface
from harness.diagnosis.simulation import at_once
from harness.reference.reply import Item, Reply, Response, ranked
from harness.reference.stages import RerankRequest
from harness.targets.protocol import Order, Target


@dataclass
class Examinee:
    """A target under examination; `requests` counts what was sent."""

    target: Target
    requests: int = 0

    @property
    def ability(self) -> Ability:
        """What can be asked of it."""
        declared = self.target.capabilities
        choice = self._responds and declared.raw_scores
        return Ability(
            raw=choice or declared.scale is Scale.LOG_ODDS,
            activated=choice or declared.scale is Scale.PROBABILITY,
            top_n=self._responds and declared.top_n,
            instruction=declared.instruction,
            at_once=declared.asks_again,
            batch_limit=declared.batch_limit if self._responds else None,
        )

    @property
    def interface(self) -> Interface:
        """How a healthy target's answers would look."""
        declared = self.target.capabilities
        return Interface(
            _reply(declared.order), self._responds, self._responds and declared.token_counts, declared.decimals
        )

    @property
    def _responds(self) -> bool:
        """Whether whole responses can be seen, not only scores by document."""
        return hasattr(self.target, "respond")

    def answers(self, step: Step) -> tuple[Answer, ...]:
        """What comes back for a step's requests."""
        self.requests += len(step.requests)
        return at_once(self._answer, step.requests)

    def _answer(self, request: RerankRequest) -> Answer:
        began = time.perf_counter()
        return replace(self._read(request), seconds=time.perf_counter() - began)

    def _read(self, request: RerankRequest) -> Answer:
        raw = request.raw
        try:
            lines, tokens = self._response(request)
        except (Refused, MalformedAnswer) as error:
            return Answer(raw=raw, problem=str(error))
        except Unanswerable:
            raise
        except TargetError as error:
            if self.target.capabilities.dialect is not None:
                raise
            return Answer(raw=raw, problem=str(error))
        answer = answer_of(lines, len(request.pairs), raw=raw, ordered=self._responds, tokens=tokens)
        return answer if self._ties_are_known else replace(answer, order=answer.order.partition(", ")[0])

    @property
    def _ties_are_known(self) -> bool:
        return self.target.capabilities.order is not Order.DESCENDING

    def _response(self, request: RerankRequest) -> tuple[Sequence[Any], int | None]:
        first, target = request.pairs[0], self.target
        if self._responds:
            found: tuple[Sequence[Any], int | None] = target.respond(request)  # type: ignore[attr-defined]
            return found
        scores = target.score(first.query, [pair.document for pair in request.pairs], first.instruction)
        return [Item(index, score) for index, score in enumerate(scores)], None


def _reply(order: Order) -> Reply:
    """How a healthy target of that order replies."""
    match order:
        case Order.OF_DOCUMENTS:
            return _by_document
        case Order.DESCENDING_REVERSED:
            return _ties_by_falling_index
    return ranked


def _by_document(scores: Scores, top_n: int | None = None) -> Response:
    kept = {item.index for item in ranked(scores, top_n)}
    return tuple(Item(index, float(score)) for index, score in enumerate(scores) if index in kept)


def _ties_by_falling_index(scores: Scores, top_n: int | None = None) -> Response:
    mirrored = ranked(scores[::-1], top_n)
    return tuple(Item(len(scores) - 1 - item.index, item.score) for item in mirrored)
