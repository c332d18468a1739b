"""Infinity on the CPU. It has no prompt template, so callers have to send prompts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from harness.deployments.deployment import Deployment, Running
from harness.deployments.process import free_port, server_process
from harness.targets.http.connection import Connection


@contextmanager
def _start(folder: Path, work: Path, *, prompt: bool) -> Iterator[Running]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).parent / "infinity_emb"), "v2", "--model-id", str(folder)]
    command += ["--port", str(port), "--host", "127.0.0.1", "--device", "cpu", "--engine", "torch"]
    command += ["--no-bettertransformer", "--served-model-name", "reranker"]
    environment = {"DO_NOT_TRACK": "1", "HF_HUB_OFFLINE": "1"}
    with server_process(command, f"{url}/health", work / "infinity.log", environment) as pid:
        yield Running(url, Connection(pid=pid), applies_prompt=prompt)


_STRIPPED = (
    "every query and document is stripped of blanks at its ends, when the request is read and again before it is "
    "encoded. So the line break between the two halves and the two at the end of the prompt are lost. transformers on "
    "the stripped halves gives the very same scores."
)
_BY_CALLER = Deployment(
    id="infinity-prompt-by-caller",
    title="Infinity, prompts sent by the caller",
    engine="infinity",
    model="tiny-seq-cls",
    packages=("infinity-emb", "torch", "transformers", "sentence-transformers"),
    start=partial(_start, prompt=False),
    expected="fail",
    because=("prompt.applied-by", "numerics.values"),
    setting="--engine torch; verified with --prompt caller",
    summary="All findings follow from texts that are stripped: plain transformers gives the very same scores when it "
    "is given the stripped halves, and the reference's when it is given the whole prompt.",
    explanations=(
        ("prompt.applied-by", _STRIPPED),
        ("numerics.values", _STRIPPED),
        ("prompt.literal-texts", _STRIPPED),
        ("protocol.returned-text", _STRIPPED),
        ("prompt.truncation", "a pair that is too long is cut at its end without notice, and the prompt's suffix goes"),
    ),
)

DEPLOYMENTS = (
    _BY_CALLER,
    replace(
        _BY_CALLER,
        id="infinity-plain",
        title="Infinity, plain texts",
        start=partial(_start, prompt=True),
        because=("prompt.applied-by",),
        setting="--engine torch",
        summary="All findings follow from the prompt that is not there, and from texts that are stripped.",
        explanations=(
            ("prompt.applied-by", f"there is no prompt template; and {_STRIPPED}"),
            ("prompt.literal-texts", _STRIPPED),
            ("protocol.returned-text", _STRIPPED),
        ),
    ),
)
