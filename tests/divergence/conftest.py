"""A deep model, computed in float64 and in float32, and a copy of it to plant trouble in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest

from harness.divergence.compare import around
from harness.divergence.computation import Computation
from harness.reference.checkpoint import Checkpoint
from harness.reference.pipeline import Reranker
from tests.divergence.models import LAYERS, deepened


@pytest.fixture(scope="session")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    return deepened(tmp_path_factory.mktemp("deep") / "model", LAYERS)


@pytest.fixture(scope="session")
def computed(deep: Checkpoint) -> Callable[[str], Reranker]:
    """The deep model in a computation, loaded once; nobody may change it."""
    known: dict[str, Reranker] = {}

    def load(text: str) -> Reranker:
        if text not in known:
            known[text] = Computation.parse(text).load(deep)
        return known[text]

    return load


@pytest.fixture
def copied(computed: Callable[[str], Reranker]) -> Callable[[str], Reranker]:
    """The deep model in a computation, with a module of its own to plant trouble in."""

    def copy(text: str) -> Reranker:
        right = computed(text)
        return around(right, replace(right.parts, module=deepcopy(right.parts.module)))

    return copy
