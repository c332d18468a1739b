"""Libraries that score in this process: sentence-transformers and ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.deployments.deployment import Deployment, Running


@contextmanager
def _cross_encoder(folder: Path, work: Path) -> Iterator[Running]:
    yield Running(f"sentence-transformers:{folder}")


@contextmanager
def _onnx(folder: Path, work: Path) -> Iterator[Running]:
    from fixtures.models.onnx import export_onnx

    exported = work / "onnx"
    export_onnx(folder, exported)
    yield Running(f"onnx:{exported}")


DEPLOYMENTS = (
    Deployment(
        id="sentence-transformers",
        title="sentence-transformers, causal checkpoint",
        engine="sentence-transformers",
        model="tiny-causal",
        packages=("sentence-transformers", "torch", "transformers"),
        start=_cross_encoder,
    ),
    Deployment(
        id="sentence-transformers-converted",
        title="sentence-transformers, converted classifier",
        engine="sentence-transformers",
        model="tiny-seq-cls",
        packages=("sentence-transformers", "torch", "transformers"),
        start=_cross_encoder,
        setting="with the chat template that the checkpoint brings",
    ),
    Deployment(
        id="onnxruntime",
        title="ONNX Runtime",
        engine="onnxruntime",
        model="tiny-causal",
        packages=("onnxruntime", "onnx", "torch"),
        start=_onnx,
    ),
)
