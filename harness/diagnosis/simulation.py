"""How a variant of the reference would answer an examination: without the target, and without knowing it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Answer, answer_of
from harness.diagnosis.examination import Step
from harness.diagnosis.sources import Logits, Source
from harness.faults import find
from harness.faults.catalogue import catalogue
from harness.faults.overlap import nobody_else
from harness.reference.activate import Activation
from harness.reference.reply import Reply
from harness.reference.stages import RerankRequest, Stages, respond

#: The stages behind the logits: their variants need no forward pass, and no torch.
BEHIND_HEAD = (Stage.ACTIVATE, Stage.REPLY, Stage.STATE)
#: Logits by which answers are nudged to see how noise would move them.
NUDGE = 1e-3


class NotSimulated(Exception):
    """A variant's logits for a request are not known."""


@dataclass(frozen=True, slots=True)
class _Parts:
    activation: Activation


@dataclass(frozen=True, slots=True)
class _BehindHead:
    """As much of a reranker as faults behind the head ask for."""

    stages: Stages
    parts: _Parts


@dataclass
class Simulation:
    """One variant, asked one step after the other; what it remembers of earlier requests is kept.

    `ordered` and `counted` say whether the order of lines and the number of tokens can be seen in a target's answers.
    `nudge` is added to the positive logits, up or down for each pair, to see how far noise would move the answers.
    """

    source: Source
    faults: tuple[str, ...]
    reply: Reply
    ordered: bool
    counted: bool = False
    nudge: float = 0.0
    _stages: Stages = field(init=False, repr=False)
    _up_to_head: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Plant the faults behind the head."""
        behind = [id for id in self.faults if catalogue()[id].stage in BEHIND_HEAD]
        self._up_to_head = tuple(id for id in self.faults if id not in behind)
        self._stages = stages_behind_head(self.source.activation, self.reply, behind)

    def answers(self, step: Step) -> tuple[Answer, ...]:
        """The answers to a step's requests; NotSimulated where the source does not know the logits."""
        if len(step.requests) > 1:
            return at_once(self.answer, step.requests)
        with nobody_else():
            return (self.answer(step.requests[0]),)

    def answer(self, request: RerankRequest) -> Answer:
        """The answer to one request."""
        response = respond(self._stages, self._logits, request)
        tokens = self.source.tokens(self._up_to_head, request.pairs) if self.counted else None
        return answer_of(response, len(request.pairs), raw=request.raw, ordered=self.ordered, tokens=tokens)

    def _logits(self, pairs: Sequence[Pair]) -> Logits:
        logits = self.source.logits(self._up_to_head, tuple(pairs))
        if logits is None:
            raise NotSimulated
        if not self.nudge:
            return logits
        moved, positive = logits.copy(), self.source.activation.positive
        # a logit of exactly 0 is no product of states: noise does not reach it
        moved[:, positive] += self.nudge * np.array([_sign(pair) for pair in pairs]) * (logits[:, positive] != 0)
        return moved


def stages_behind_head(activation: Activation, reply: Reply, faults: Sequence[str]) -> Stages:
    """Healthy stages with those faults; what comes before the activation is not there."""
    nothing: Any = None
    stages = Stages(nothing, nothing, nothing, nothing, nothing, activation, reply)
    for id in faults:
        planted: Any = _BehindHead(stages, _Parts(activation))
        stages = find(id).variant(planted)
    return stages


def at_once(ask: Callable[[RerankRequest], Answer], requests: Sequence[RerankRequest]) -> tuple[Answer, ...]:
    """The answers to requests that are sent at the same time."""
    with ThreadPoolExecutor(len(requests)) as pool:
        return tuple(pool.map(ask, requests))


def _sign(pair: Pair) -> int:
    """Up or down, always the same for a pair."""
    return 1 if zlib.crc32(f"{pair.query}\0{pair.document}".encode("utf-8", "replace")) & 1 else -1
