"""Healthy deployments that differ from the reference in every legitimate way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.engine.resolve import resolve_model
from harness.engine.serve import faulty_service
from harness.reference.batch import Padder
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.dialects import interfaces
from harness.serving.run import served
from harness.targets.function import FunctionTarget
from harness.targets.http.connection import Connection
from harness.targets.http.target import HttpTarget
from harness.targets.protocol import Target
from harness.targets.reference import ReferenceTarget

#: What may answer for tiny-causal: itself, and its conversions into classifiers.
MODELS = ("tiny-causal", "tiny-causal", "tiny-seq-cls", "tiny-seq-cls-2", "tiny-seq-cls-2-reversed", "tiny-untied")
DTYPES = ("float64", "float32", "float16", "bfloat16")
ATTENTION = ("sdpa", "eager")
#: In place of a side of padding: prefixes are shared, and nothing is padded.
SHARED = "shared"
WAYS = ("pipeline", "probability", "log-odds", "shuffled", *interfaces())


@dataclass(frozen=True)
class Configuration:
    """A healthy deployment."""

    model: str
    dtype: str
    attention: str
    tokens_per_batch: int
    side: str
    way: str
    declared: bool

    @classmethod
    def drawn(cls, seed: int) -> Configuration:
        """The deployment of that number, always the same."""
        draw = random.Random(seed)
        dtype = draw.choice(DTYPES)
        # eager attention adds the smallest float64 to its scores, which overflows: such a target really answers NaN
        attention = "sdpa" if dtype == "float64" else draw.choice(ATTENTION)
        return cls(
            draw.choice(MODELS), dtype, attention, draw.choice((1, 300, 900, 8_192)),
            draw.choice(("left", "right", SHARED)), WAYS[seed % len(WAYS)], draw.random() < 0.5,
        )  # fmt: skip


@cache
def _loaded(model: str, dtype: str, attention: str) -> Reranker:
    reranker = load_reranker(resolve_model(model), Device("cpu"), dtype=dtype)
    module: Any = reranker.parts.module
    module.set_attn_implementation(attention)
    return reranker


def _reranker_of(drawn: Configuration) -> Reranker:
    reranker = _loaded(drawn.model, drawn.dtype, drawn.attention)
    if drawn.side == SHARED:
        return replace(reranker, tokens_per_batch=drawn.tokens_per_batch)
    padder = reranker.stages.batch
    assert isinstance(padder, Padder)
    stages = replace(reranker.stages, batch=replace(padder, side=drawn.side))
    return replace(reranker, stages=stages, tokens_per_batch=drawn.tokens_per_batch, most_padding=1.0)


def _function_of(drawn: Configuration, reranker: Reranker) -> Callable[..., list[float]]:
    """The reranker as a callable, which may score the documents in any order."""

    def score(query: str, documents: list[str], instruction: str | None) -> list[float]:
        places = list(range(len(documents)))
        random.Random(len(documents)).shuffle(places)
        scores = reranker.rerank(query, [documents[place] for place in places], instruction)
        return [score for _, score in sorted(zip(places, scores, strict=True))]

    if drawn.way == "shuffled":
        return score
    if drawn.way == "probability":
        return reranker.rerank

    def log_odds(query: str, documents: list[str], instruction: str | None) -> list[float]:

        return list(reranker.log_odds([Pair(query, document, instruction) for document in documents]))

    log_odds.scale = Scale.LOG_ODDS  # type: ignore[attr-defined]
    return log_odds


@contextmanager
def opened(drawn: Configuration) -> Iterator[Target]:
    """The deployment as a target, for a while."""
    reranker = _reranker_of(drawn)
    if drawn.way == "pipeline":
        yield ReferenceTarget(reranker)
    elif drawn.way in interfaces():
        service = faulty_service(reranker, "tiny-causal", drawn.way, (), None)
        with served(service.application()) as url:
            target = HttpTarget.open(f"{drawn.way}+{url}", Connection())
            try:
                yield target
            finally:
                target.close()
    else:
        yield FunctionTarget(_function_of(drawn, reranker), "python:test:healthy")
