"""Logits of the model and of its variants, computed from the weights, each forward pass once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.examination import Ability, Step, examination
from harness.diagnosis.shared import SharedForward
from harness.diagnosis.sources import Logits
from harness.faults import faults_of, find, plant
from harness.reference.activate import Activation
from harness.reference.forward import Backbone
from harness.reference.pipeline import Reranker
from harness.reference.stages import RerankRequest

#: The stages whose variants give other logits.
UP_TO_HEAD = (Stage.ASSEMBLE, Stage.ENCODE, Stage.BATCH, Stage.FORWARD, Stage.HEAD)


@dataclass
class Weights:
    """A source of logits. `reranker` is healthy and precise; `noise` was measured on it."""

    reranker: Reranker
    noise: Mapping[str, float]
    passes: int = 0
    _planted: dict[tuple[str, ...], Reranker] = field(default_factory=dict, repr=False)
    _shared: dict[tuple[str, ...], SharedForward] = field(default_factory=dict, repr=False)
    _tokens: dict[tuple[tuple[str, ...], tuple[Pair, ...]], int] = field(default_factory=dict, repr=False)
    _states: dict[tuple[tuple[str, ...], tuple[Pair, ...]], torch.Tensor] = field(default_factory=dict, repr=False)
    _logits: dict[tuple[tuple[str, ...], tuple[Pair, ...]], Logits] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Count what goes through the model, whoever sends it there."""
        module: Any = self.reranker.parts.module
        self._counting = module.base_model.register_forward_pre_hook(self._count, with_kwargs=True)

    def close(self) -> None:
        """Stop counting."""
        self._counting.remove()

    @property
    def activation(self) -> Activation:
        """That of the model."""
        return self.reranker.parts.activation

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """Every fault up to the head that this model has a place for."""
        found = (fault.id for fault in faults_of(UP_TO_HEAD))
        return tuple(id for id in found if plant(self.reranker, id).stages is not self.reranker.stages)

    def steps(self, ability: Ability) -> Sequence[Step]:
        """The usual ones: weights know every answer."""
        return examination(ability, self.reranker.parts.checkpoint.max_length)

    def logits(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> Logits:
        """As the planted reranker computes them for these pairs in one request."""
        key = (faults, pairs)
        if key not in self._logits:
            self._logits[key] = self._computed(faults, pairs)
        return self._logits[key]

    @cached_property
    def whole(self) -> frozenset[str]:
        """Faults up to the head that are planted around a request."""
        return frozenset(id for id in self.variants if self._around(plant(self.reranker, id)))

    def gram(self, pairs: tuple[Pair, ...]) -> NDArray[np.float64]:
        """Of the states that the healthy head reads."""
        states = np.asarray(self._read((), pairs).double().cpu().numpy())
        return np.asarray(states @ states.T / states.shape[1])

    def _around(self, planted: Reranker) -> bool:
        return planted.stages.state is not self.reranker.stages.state

    def tokens(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> int:
        """Tokens of the prompts together."""
        key = (_before_head(faults), pairs)
        if key not in self._tokens:
            planted = self._variant(key[0])
            self._tokens[key] = sum(len(planted.encoding(pair).ids) for pair in pairs)
        return self._tokens[key]

    def _computed(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> Logits:
        planted = self._variant(faults)
        if self._around(planted):
            return self._as_logits(planted, pairs)
        return np.asarray(planted.stages.head(self._read(_before_head(faults), pairs)).double().cpu().numpy())

    def _as_logits(self, planted: Reranker, pairs: tuple[Pair, ...]) -> Logits:
        """Logits that stand for the log-odds of a variant that answers requests as a whole."""
        items = planted.respond(RerankRequest(pairs, raw=True))
        logits = np.zeros((len(pairs), 1 if self.activation.negative is None else 2))
        for item in items:
            logits[item.index, self.activation.positive] = item.score
        return logits

    def _read(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> torch.Tensor:
        """The states that the head reads: logits of a pipeline whose head passes them on."""
        key = (faults, pairs)
        if key not in self._states:
            planted = self._variant(faults)
            passing = replace(planted, stages=replace(planted.stages, head=lambda states: states))
            self._states[key] = passing.logits(pairs)
        return self._states[key]

    def _variant(self, faults: tuple[str, ...]) -> Reranker:
        if faults not in self._planted:
            planted = plant(self.reranker, *faults)
            self._planted[faults] = replace(
                planted, stages=replace(planted.stages, forward=self._forward(planted, faults))
            )
        return self._planted[faults]

    def _forward(self, planted: Reranker, faults: tuple[str, ...]) -> Any:
        """The variant's forward pass, shared by all that have the same; an encoder's depends on the padding's place."""
        if not isinstance(self.reranker.stages.forward, Backbone):
            return planted.stages.forward
        changed = () if planted.stages.forward is self.reranker.stages.forward else faults
        key = tuple(id for id in changed if find(id).stage is Stage.FORWARD)
        return self._shared.setdefault(key, SharedForward(planted.stages.forward))

    def _count(self, module: Any, inputs: tuple[Any, ...], named: dict[str, Any]) -> None:
        given = named.get("input_ids", inputs[0] if inputs else None)
        self.passes += 0 if given is None else len(given)


def _before_head(faults: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id for id in faults if find(id).stage is not Stage.HEAD)
