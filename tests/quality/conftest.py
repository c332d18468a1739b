"""What diagnoses share: the weights, with what was computed for one diagnosis kept for the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.diagnosis.noise import measured_noise
from harness.diagnosis.weights import Weights
from harness.reference.devices import Device
from harness.reference.pipeline import Reranker


@pytest.fixture(scope="session")
def weights(reference: Reranker) -> Iterator[Weights]:
    """The embedded model as a source of answers."""
    source = Weights(reference, measured_noise(reference, Device("cpu")))
    yield source
    source.close()
