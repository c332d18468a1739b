"""The embedded model, loaded once."""

import pytest

from harness.engine.resolve import resolve_model
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker


@pytest.fixture(scope="session")
def checkpoint() -> Checkpoint:
    return resolve_model("tiny-causal")


@pytest.fixture(scope="session")
def reranker(checkpoint: Checkpoint) -> Reranker:
    return load_reranker(checkpoint, Device("cpu"), dtype="float64")
