"""vLLM on the CPU, with and without the model's prompt as chat template."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from harness.deployments.deployment import Deployment, Running
from harness.deployments.process import free_port, server_process
from harness.deployments.prompt import as_chat_template
from harness.targets.http.connection import Connection

_OVERRIDES = {
    "architectures": ["Qwen3ForSequenceClassification"],
    "classifier_from_token": ["no", "yes"],
    "is_original_qwen3_reranker": True,
}
#: Variable that holds the key of the deployment with one.
KEY = "RERANK_HARNESS_VLLM_KEY"
_ENVIRONMENT = {
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "VLLM_NO_USAGE_STATS": "1",
    "HF_HUB_OFFLINE": "1",
}


@contextmanager
def _start(
    folder: Path, work: Path, *,
    template: bool = True, dtype: str | None = "float32", prompt: bool = True, key: str | None = None,
) -> Iterator[Running]:  # fmt: skip
    port = free_port()
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--runner", "pooling", "--enforce-eager"]
    command += ["--hf_overrides", json.dumps(_OVERRIDES), "--served-model-name", "reranker"]
    if dtype is not None:
        command += ["--dtype", dtype]
    if template:
        path = work / "rerank.jinja"
        path.write_text(as_chat_template(folder), encoding="utf-8")
        command += ["--chat-template", str(path)]
    if key is not None:
        os.environ[KEY] = key
    environment = _ENVIRONMENT | ({} if key is None else {"VLLM_API_KEY": key})
    url = f"http://127.0.0.1:{port}"
    with server_process(command, f"{url}/health", work / "vllm.log", environment) as pid:
        yield Running(url, Connection(api_key_env=None if key is None else KEY, pid=pid), applies_prompt=prompt)


_TRUNCATION = (
    "protocol.truncation",
    "truncate_prompt_tokens keeps the first tokens of the finished prompt, so the suffix, after which the answer is "
    "read, is lost; with truncation_side left the prefix is. max_tokens_per_doc shortens the document alone and keeps "
    "both. Reproduced with transformers on the same ids.",
)
_REFUSED_WHOLE = (
    "the server refuses a request as a whole when one of its documents is longer than the context, and says so with "
    "status 400. Who asks for many documents at once has to shorten them, or sends max_tokens_per_doc."
)
_OVERLONG = (
    _TRUNCATION,
    ("invariants.neighbours", _REFUSED_WHOLE),
    ("robustness.neighbours-of-hostile", _REFUSED_WHOLE),
)
_WITH = Deployment(
    id="vllm",
    title="vLLM, with the model's prompt as chat template",
    engine="vllm",
    model="tiny-causal",
    packages=("vllm-cpu", "torch", "transformers"),
    start=_start,
    setting="--dtype float32 --chat-template FILE",
    explanations=_OVERLONG,
)

DEPLOYMENTS = (
    _WITH,
    replace(
        _WITH,
        id="vllm-with-key",
        title="vLLM, with the chat template and an API key",
        start=partial(_start, key=secrets.token_hex(16)),
        expected="fail",
        because=("protocol.misuse",),
        setting="--dtype float32 --chat-template FILE --api-key KEY",
        summary="The scores are sound; the key does not guard all of them.",
        explanations=(
            (
                "protocol.misuse",
                "the key is asked for below /v1, /v2, /inference and /cohere only: /rerank and /score answer anybody. "
                "A proxy in front has to guard them.",
            ),
            *_OVERLONG,
        ),
    ),
    replace(
        _WITH,
        id="vllm-without-template",
        title="vLLM, without a chat template",
        start=partial(_start, template=False),
        expected="fail",
        because=("prompt.applied-by", "protocol.token-counts"),
        setting="--dtype float32",
        summary="All findings follow from the prompt that is not there: the same server passes when callers send it "
        "(below), and with a chat template.",
        explanations=(
            (
                "prompt.applied-by",
                "the checkpoint has a rerank template of its own, but only one that is given with --chat-template is "
                "used for scoring: without it the prompt is query and document with nothing between. The server says "
                "so in its log alone. transformers on the bare concatenation gives the same scores.",
            ),
            (
                "protocol.token-counts",
                "the usage counts the two texts only, which is how a client can notice; /tokenize still shows the "
                "template.",
            ),
            *_OVERLONG,
        ),
    ),
    replace(
        _WITH,
        id="vllm-prompt-by-caller",
        title="vLLM, without a chat template, prompts sent by the caller",
        start=partial(_start, template=False, prompt=False),
        setting="--dtype float32; verified with --prompt caller",
    ),
    replace(
        _WITH,
        id="vllm-default-dtype",
        title="vLLM, with the chat template and no --dtype",
        start=partial(_start, dtype=None),
        expected="fail",
        because=("numerics.values",),
        setting="--chat-template FILE",
        summary="All findings follow from float16: the same server passes with --dtype float32.",
        explanations=(
            (
                "numerics.values",
                "the checkpoint is float32; without --dtype vLLM computes it in float16, and no answer of its API "
                "says so. With --dtype float32 the deviation is that of float32.",
            ),
            *_OVERLONG,
        ),
    ),
)
