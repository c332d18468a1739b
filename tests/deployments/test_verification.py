"""A deployment from start to its line of the comparison."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.deployments.deployment import Deployment, Running, Unavailable
from harness.deployments.process import free_port, server_process
from harness.deployments.verification import verify_deployment


@contextmanager
def served(folder: Path, work: Path) -> Iterator[Running]:
    port = free_port()
    command = [sys.executable, "-m", "harness.cli", "serve", "--dialect", "vllm", "--port", str(port)]
    with server_process([*command, "--fault", "template-absent"], f"http://127.0.0.1:{port}/health", work / "log"):
        yield Running(f"http://127.0.0.1:{port}")


@contextmanager
def absent(folder: Path, work: Path) -> Iterator[Running]:
    raise Unavailable("it is not on PATH")
    yield


OURS = Deployment(
    id="ours", title="Ours", engine="ours", model="tiny-causal", packages=("torch", "no-such-package"), start=served,
    expected="fail", because=("prompt.applied-by", "protocol.schema"),
    explanations=(("prompt.applied-by", "the template was taken out"),),
)  # fmt: skip


def test_what_cannot_be_started_is_not_verified(tmp_path: Path) -> None:
    line = verify_deployment(Deployment("a", "A", "a", "tiny-causal", (), absent), tmp_path, "smoke")
    assert (line.verdict, line.reason, line.areas) == ("not verified", "it is not on PATH", None)


@pytest.mark.slow
def test_a_deployment_s_line_tells_what_fell_short_and_why(tmp_path: Path) -> None:
    line = verify_deployment(OURS, tmp_path, "smoke")
    found = {finding["check"]: finding["explanation"] for finding in line.findings}
    assert (line.verdict, line.expected, line.missed) == ("fail", "fail", ("protocol.schema",))
    assert found["prompt.applied-by"] == "the template was taken out"
    assert set(line.versions) == {"python", "torch"}
    assert (line.deviation_logit or 0) > (line.limit_logit or 1)
