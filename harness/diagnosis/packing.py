"""Making an answer pack from weights."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Any, TypeVar

import numpy as np

from harness.core.pairs import Pair
from harness.core.versions import version_of
from harness.core.vocabulary import Stage
from harness.diagnosis.examination import Ability, Step, examination
from harness.diagnosis.packs import Pack
from harness.diagnosis.weights import Weights
from harness.faults.catalogue import catalogue

#: Logits beyond which a variant that far from the model on the first steps cannot be alive when the late ones come.
DEAD = 2.0
T = TypeVar("T")
_PACKAGES = ("rerank-harness", "torch", "transformers", "tokenizers", "numpy")
Request = tuple[Pair, ...]
Key = tuple[tuple[str, ...], Request]


def make_pack(weights: Weights, tolerance: Mapping[str, float], provenance: Mapping[str, Any]) -> Pack:
    """The pack of a model; every answer that an examination may need is computed here, once."""
    checkpoint = weights.reranker.parts.checkpoint
    steps = examination(Ability(raw=True, top_n=True), checkpoint.max_length)
    logits = {key: weights.logits(*key) for key in _keys(weights, steps)}
    pairs = tuple(dict.fromkeys(pair for _, request in logits for pair in request))
    requests = tuple(dict.fromkeys(request for _, request in logits))
    counted = {key: weights.tokens(*key) for key in logits if not _of_head(key[0])}
    return Pack(
        model={
            "id": checkpoint.id, "digest": checkpoint.digest, "architecture": checkpoint.architecture,
            "form": checkpoint.form.value, "family": checkpoint.family.id, "max_length": checkpoint.max_length,
        },
        provenance=dict(provenance) | {
            "created": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(),
            "versions": {name: version_of(name) for name in _PACKAGES}, "forward_passes": weights.passes,
        },
        activation=weights.activation, noise=dict(weights.noise), tolerance=dict(tolerance),
        variants=weights.variants, whole=weights.whole, pairs=pairs,
        requests=tuple(tuple(map(pairs.index, request)) for request in requests),
        answers=_table(logits, requests), counts=_table(counted, requests), products=weights.gram(pairs),
    )  # fmt: skip


def _keys(weights: Weights, steps: Sequence[Step]) -> Iterator[Key]:
    """Which faults answer which requests: late ones only those that are near the model on the early ones."""
    early, late = (
        tuple(dict.fromkeys(request.pairs for step in steps if step.late is late for request in step.requests))
        for late in (False, True)
    )
    alone = [(), *((id,) for id in weights.variants)]
    yield from product(alone, early)
    yield from product([faults for faults in alone if _is_near(weights, faults, early)], late)
    yield from product(_with_head(weights), early)


def _is_near(weights: Weights, faults: tuple[str, ...], early: Sequence[Request]) -> bool:
    """Whether a target with these faults may still be taken for a healthy one when the late steps come."""
    odds = weights.activation.log_odds
    apart = (odds(weights.logits(faults, request)) - odds(weights.logits((), request)) for request in early)
    return all(bool((np.abs(difference) < DEAD).all()) for difference in apart)


def _with_head(weights: Weights) -> Iterator[tuple[str, ...]]:
    """A fault before the head together with one of the head."""
    free = [id for id in weights.variants if id not in weights.whole]
    before, head = ([id for id in free if _of_head((id,)) is of] for of in (False, True))
    return product(before, head)


def _of_head(faults: tuple[str, ...]) -> bool:
    return any(catalogue()[id].stage is Stage.HEAD for id in faults)


def _table(found: Mapping[Key, T], requests: Sequence[Request]) -> dict[str, dict[int, T]]:
    """By faults, joined by `+`, and by the number of the request."""
    numbers = {request: number for number, request in enumerate(requests)}
    table: dict[str, dict[int, T]] = {}
    for (faults, request), value in found.items():
        table.setdefault("+".join(faults), {})[numbers[request]] = value
    return table
