"""A fresh process beside this one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Severity, Status
from harness.reference.checkpoint import open_checkpoint
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.reference import ReferenceTarget

CHECK = "numerics.processes"
Run = Callable[[str, Context], list[Outcome]]
Build = Callable[..., Context]


def in_folder(reranker: Reranker, folder: Path) -> Reranker:
    """The same model, read from a copy of its files."""
    shutil.copytree(reranker.parts.checkpoint.folder, folder / "model")
    return load_reranker(open_checkpoint(folder / "model"), Device("cpu"), dtype="float32")


def test_a_process_that_dies_is_told_by_its_last_words(
    reranker: Reranker, context_for: Build, run_check: Run, tmp_path: Path
) -> None:
    target = in_folder(reranker, tmp_path)
    weights = tmp_path / "model" / "model.safetensors"
    weights.unlink()  # what is mapped into this process must stay as it is
    weights.write_bytes(b"no weights any longer")
    (outcome,) = run_check(CHECK, context_for(target))
    assert outcome.status is Status.FAIL
    assert "a fresh process ended with status 2: rerank-harness: " in outcome.message
    assert "the weights cannot be read" in outcome.message


def test_a_process_that_does_not_end_is_given_up(
    healthy: Context, run_check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.checks.numerics.processes.PATIENCE", 0.2)
    (outcome,) = run_check(CHECK, healthy)
    assert (outcome.status, outcome.message) == (
        Status.NOT_VERIFIED, "a fresh process did not come to its end within 0.2 s",
    )  # fmt: skip


def test_only_what_the_command_line_builds_is_compared(
    reranker: Reranker, context_for: Build, run_check: Run, tmp_path: Path
) -> None:
    named = context_for(ReferenceTarget(reranker, "a-pipeline-of-ours"))
    gone = context_for(in_folder(reranker, tmp_path))
    shutil.rmtree(tmp_path / "model")
    half = replace(reranker.parts.precision, autocast=reranker.parts.precision.dtype)
    autocast = context_for(replace(reranker, parts=replace(reranker.parts, precision=half)))
    told = [run_check(CHECK, context)[0] for context in (named, gone, autocast)]
    assert {(o.status, o.severity) for o in told} == {(Status.NOT_VERIFIED, Severity.INFO)}
    reasons = ("the target is a-pipeline-of-ours", "the checkpoint is no longer at", "it has no autocast")
    assert [reason in o.message for reason, o in zip(reasons, told, strict=True)] == [True] * 3
