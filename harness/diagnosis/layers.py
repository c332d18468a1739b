"""Where a pipeline in this process first leaves the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import torch
from numpy.typing import ArrayLike
from torch import Tensor

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Stage
from harness.diagnosis.decoder import NotLookedInto, Pass, first_beyond_noise, modules_of
from harness.diagnosis.differences import first_place, of_ids, of_numbers, of_responses, of_rows, of_texts
from harness.diagnosis.distances import Distance, absolute, distance
from harness.diagnosis.result import Difference
from harness.diagnosis.shared import Row, rows_of
from harness.reference.assemble import Prompt
from harness.reference.batch import Batch
from harness.reference.encode import Encoding
from harness.reference.head import LEAST_PRECISE
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.reference.reply import Response
from harness.reference.stages import RerankRequest, respond
from harness.reference.states import relative


def first_difference(reference: Reranker, target: Reranker, pairs: Sequence[Pair]) -> Difference | None:
    """The first stage at which the target leaves the reference beyond noise; None where it never does.

    The pairs are one request and run as one batch, which has to fit into memory. Each stage is given the reference's
    inputs, so that a fault shows at its own stage only. Noise is how far a healthy reranker, loaded in the target's
    dtype on its device, is from the reference. Texts that are changed on their way into the tokenizer show at
    `assemble`, and whatever treats the request as a whole at `state`; what happens only to other requests, or under
    load, does not show.
    """
    look = _Look(reference, target, tuple(pairs))
    stages = (look.assemble, look.encode, look.batch, look.forward, look.head, look.activate, look.reply, look.state)
    return next((found for stage in stages if (found := stage()) is not None), None) if pairs else None


@dataclass(frozen=True)
class _Look:
    """What the reference makes of a request, and for each stage how the target differs from it."""

    reference: Reranker
    target: Reranker
    pairs: tuple[Pair, ...]

    def assemble(self) -> Difference | None:
        """The text; and where that is the same, its division, as far as it changes the tokens."""
        for place, (pair, right) in enumerate(zip(self.pairs, self._prompts, strict=True)):
            found, where = self.target.stages.assemble(pair), f"prompt {place}"
            if found.text != right.text:
                return of_texts(where, "the prompt has another text", found.text, right.text)
            if found != right and _read(self.reference.stages.encode(found)) != _read(self._encodings[place]):
                return of_texts(where, "the same text, divided otherwise", _divided(found), _divided(right))
        return None

    def encode(self) -> Difference | None:
        """Token ids and segments."""
        for place, (prompt, right) in enumerate(zip(self._prompts, self._encodings, strict=True)):
            found, where = self.target.stages.encode(prompt), f"prompt {place}"
            if found.ids != right.ids:
                return of_ids(self.reference.parts.encoder.tokenizer, Stage.ENCODE, where, found.ids, right.ids)
            if found.segments != right.segments:
                evidence = f"target {found.segments}; reference {right.segments}"
                return Difference(Stage.ENCODE, where, "the tokens are in other segments", evidence)
        return None

    def batch(self) -> Difference | None:
        """What the mask keeps of each row, and where the answer is read; the side of the padding is no difference."""
        found, right = rows_of(self._target_batch), rows_of(self._batch)
        if len(found) != len(right):
            return Difference(Stage.BATCH, "rows", "rows were lost or added", f"{len(found)} instead of {len(right)}")
        if found != right:
            row = first_place(found, right)
            return of_rows(self.reference.parts.encoder.tokenizer, f"row {row}", found[row], right[row])
        if _segments(self._target_batch) != _segments(self._batch):
            return Difference(Stage.BATCH, "segments", "the tokens are in other segments", "the rows' ids are the same")
        return None

    def forward(self) -> Difference | None:
        """The first module whose output differs at any token; where there is none, the state at the answer."""
        try:
            found, unknown = self._first_module(), None
        except NotLookedInto as reason:
            found, unknown = None, reason
        if found is not None:
            name, apart = found
            evidence = f"its output at kept token {apart.row} of the batch is, relative to its norm, {apart}"
            message = f"{name} is the first module whose output differs"
            return Difference(Stage.FORWARD, name, message, evidence, apart.value, apart.limit)
        apart = self._apart(self._target_states, self._states, (run.states() for run in self._healthy_passes))
        if not apart.is_beyond_noise:
            return None
        evidence = f"the state that is read for pair {apart.row} is, relative to its norm, {apart}"
        agree = "the layers agree; what is read from them does not"
        message = agree if unknown is None else f"the state differs, and its layers stay unknown: {unknown}"
        return Difference(Stage.FORWARD, "answer state", message, evidence, apart.value, apart.limit)

    def head(self) -> Difference | None:
        """Logits of the reference's states as the target holds them."""
        states = self._states.to(self._target_states)
        right, healthy = self.reference.stages.head(states.to(self._states)), self._healthy.stages.head(states)
        found = self._target_logits
        apart = distance(absolute, found, right, [healthy], found.dtype)
        if not apart.is_beyond_noise:
            return None
        return of_numbers(Stage.HEAD, "the same states have other logits", found, right, apart)

    def activate(self) -> Difference | None:
        """Scores and log-odds of the reference's logits."""
        found, right, healthy = (one.stages.activate for one in (self.target, self.reference, self._healthy))
        return self._scores("scores", found, right, healthy) or self._scores(
            "raw scores", found.log_odds, right.log_odds, healthy.log_odds
        )

    def reply(self) -> Difference | None:
        """Responses to the reference's scores: all of them, and the better half."""
        scores = self.reference.stages.activate(self._logits)
        for top_n in (None, (len(scores) + 1) // 2):
            found, right = (tuple(one.stages.reply(scores, top_n)) for one in (self.target, self.reference))
            if found != right:
                asked = "the whole response" if top_n is None else f"the response with top_n {top_n}"
                return of_responses(Stage.REPLY, asked, found, right)
        return None

    def state(self) -> Difference | None:
        """The request asked twice, with the reference answering behind what the target keeps between requests."""
        request = RerankRequest(self.pairs)
        serve, right = self.target.stages.state(self._respond), self._respond(request)
        for asked in ("the first response", "the response to the request repeated"):
            found = tuple(serve(request))
            if found != right:
                return of_responses(Stage.STATE, asked, found, right)
        return None

    @cached_property
    def _prompts(self) -> tuple[Prompt, ...]:
        return tuple(map(self.reference.stages.assemble, self.pairs))

    @cached_property
    def _encodings(self) -> tuple[Encoding, ...]:
        return tuple(map(self.reference.stages.encode, self._prompts))

    @cached_property
    def _batch(self) -> Batch:
        return self.reference.stages.batch(self._encodings)

    @cached_property
    def _target_batch(self) -> Batch:
        return self.target.stages.batch(self._encodings)

    @cached_property
    def _states(self) -> Tensor:
        return Pass(self.reference, (self._batch,)).states()

    @cached_property
    def _target_states(self) -> Tensor:
        return Pass(self.target, (self._target_batch,)).states()

    @cached_property
    def _logits(self) -> Tensor:
        return self.reference.stages.head(self._states).cpu()

    @cached_property
    def _target_logits(self) -> Tensor:
        return self.target.stages.head(self._states.to(self._target_states)).cpu()

    @cached_property
    def _healthy(self) -> Reranker:
        """A healthy reranker that computes as the target does; the reference itself where that does so."""
        precision = self.target.parts.precision
        if precision == self.reference.parts.precision:
            return self.reference
        dtype = str(precision.autocast or precision.dtype).removeprefix("torch.")
        return load_reranker(self.reference.parts.checkpoint, precision.device, dtype=dtype)

    @cached_property
    def _healthy_passes(self) -> tuple[Pass, Pass]:
        """All prompts in one batch, and each by itself: both are right."""
        batch = self._healthy.stages.batch
        alone = tuple(batch([encoding]) for encoding in self._encodings)
        return Pass(self._healthy, (batch(self._encodings),)), Pass(self._healthy, alone)

    def _apart(self, found: Tensor, right: Tensor, healthy: Iterable[Tensor]) -> Distance:
        return distance(relative, found, right, healthy, self.target.parts.precision.dtype)

    def _first_module(self) -> tuple[str, Distance] | None:
        names = modules_of(self.reference)
        if not names or names != modules_of(self.target):
            raise NotLookedInto("the model is no decoder with layers" if not names else "the modules have other names")
        found, right = Pass(self.target, (self._target_batch,)), Pass(self.reference, (self._batch,))

        def apart(name: str) -> Distance:
            healthy = (run.output(name) for run in self._healthy_passes)
            return self._apart(found.output(name), right.output(name), healthy)

        return first_beyond_noise(names, apart)

    def _scores(self, what: str, *activations: Callable[[ArrayLike], Scores]) -> Difference | None:
        """Scores of the same logits by the target, the reference and a healthy reranker."""
        logits = self._logits.to(torch.promote_types(self._target_logits.dtype, LEAST_PRECISE))
        found, right, healthy = (torch.as_tensor(activate(logits))[:, None] for activate in activations)
        apart = distance(absolute, found, right, [healthy], logits.dtype)
        if not apart.is_beyond_noise:
            return None
        return of_numbers(Stage.ACTIVATE, f"the same logits have other {what}", found, right, apart)

    def _respond(self, request: RerankRequest) -> Response:
        """The reference's response, from logits that are known already."""
        known = dict(zip(self.pairs, self._logits, strict=True))

        def logits(pairs: Sequence[Pair]) -> Tensor:
            return torch.stack([known[p] if p in known else self.reference.logits([p])[0] for p in pairs])

        return respond(self.reference.stages, logits, request)


def _read(encoding: Encoding) -> Encoding:
    """What a model reads of an encoding."""
    return replace(encoding, truncated=0)


def _divided(prompt: Prompt) -> str:
    return "¦".join((prompt.prefix, prompt.body, prompt.second or "", prompt.suffix))


def _segments(batch: Batch) -> list[Row] | None:
    return None if batch.segments is None else rows_of(replace(batch, ids=batch.segments))
