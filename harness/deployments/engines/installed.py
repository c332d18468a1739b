"""Servers that no package index brings: used where they are on PATH, or given by URL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from harness.deployments.deployment import Deployment, Running, Unavailable
from harness.deployments.process import free_port, server_process
from harness.targets.http.connection import Connection


def _given(variable: str) -> str | None:
    return os.environ.get(variable, "").strip() or None


@contextmanager
def _llama(folder: Path, work: Path) -> Iterator[Running]:
    if url := _given("RERANK_HARNESS_LLAMACPP_URL"):
        yield Running(url)
        return
    gguf = _given("RERANK_HARNESS_LLAMACPP_GGUF")
    program = _program("llama-server", "RERANK_HARNESS_LLAMACPP_URL")
    if gguf is None:
        raise Unavailable("it needs the embedded model as GGUF: name the file in RERANK_HARNESS_LLAMACPP_GGUF")
    port = free_port()
    command = [program, "--model", gguf, "--reranking", "--host", "127.0.0.1", "--port", str(port)]
    with server_process(command, f"http://127.0.0.1:{port}/health", work / "llama-server.log") as pid:
        yield Running(f"llamacpp+http://127.0.0.1:{port}", Connection(pid=pid))


@contextmanager
def _router(folder: Path, work: Path) -> Iterator[Running]:
    if url := _given("RERANK_HARNESS_TEI_URL"):
        yield Running(url, applies_prompt=False)
        return
    program = _program("text-embeddings-router", "RERANK_HARNESS_TEI_URL")
    port = free_port()
    command = [program, "--model-id", str(folder), "--hostname", "127.0.0.1", "--port", str(port), "--dtype", "float32"]
    with server_process(command, f"http://127.0.0.1:{port}/health", work / "router.log") as pid:
        yield Running(f"tei+http://127.0.0.1:{port}", Connection(pid=pid), applies_prompt=False)


@contextmanager
def _by_url(folder: Path, work: Path, *, variable: str) -> Iterator[Running]:
    url = _given(variable)
    if url is None:
        raise Unavailable(f"no server was given: name its URL in {variable}")
    yield Running(url)


def _program(name: str, variable: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"{name} is not on PATH, and no URL is given in {variable}")
    return found


DEPLOYMENTS = (
    Deployment(
        id="llama.cpp", title="llama.cpp server", engine="installed", model="tiny-causal", packages=(), start=_llama
    ),
    Deployment(
        id="text-embeddings-inference", title="text-embeddings-inference router", engine="installed",
        model="tiny-seq-cls", packages=(), start=_router, setting="prompts sent by the caller",
    ),
    Deployment(
        id="sglang", title="SGLang", engine="installed", model="tiny-causal", packages=(),
        start=partial(_by_url, variable="RERANK_HARNESS_SGLANG_URL"),
    ),
)  # fmt: skip
