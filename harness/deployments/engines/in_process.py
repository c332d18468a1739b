"""Libraries that score in this process: sentence-transformers and ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
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


_CAUSAL = Deployment(
    id="sentence-transformers",
    title="sentence-transformers, causal checkpoint",
    engine="sentence-transformers",
    model="tiny-causal",
    packages=("sentence-transformers", "torch", "transformers"),
    start=_cross_encoder,
)

DEPLOYMENTS = (
    _CAUSAL,
    replace(
        _CAUSAL,
        id="sentence-transformers-converted",
        title="sentence-transformers, converted classifier",
        model="tiny-seq-cls",
        setting="with the chat template that the checkpoint brings",
    ),
    replace(
        _CAUSAL,
        id="sentence-transformers-5",
        title="sentence-transformers 5.4, causal checkpoint",
        engine="sentence-transformers-5",
        expected="fail",
        because=("prompt.truncation",),
        summary="Pairs that fit into the context are scored as the model defines; longer ones lose the suffix.",
        explanations=(
            (
                "prompt.truncation",
                "this version cuts an over-long prompt after the template was applied, so that the suffix, after which "
                "the answer is read, is lost. Version 6.2 cuts the document and keeps the suffix.",
            ),
        ),
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
