"""Each dialect, served in a process of its own, passes a whole verification through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.deployments.process import free_port, server_process
from harness.serving.dialects import interfaces

#: Dialects that are like one of the others but for the names of their fields.
LIKE_OTHERS = ("cohere", "cohere-v1", "jina", "sglang")


@pytest.mark.parametrize(
    "dialect",
    [
        pytest.param(name, marks=pytest.mark.endurance if name in LIKE_OTHERS else pytest.mark.slow)
        for name in interfaces()
    ],
)
def test_a_served_dialect_passes_a_whole_verification(dialect: str, tmp_path: Path) -> None:
    port = free_port()
    program = [sys.executable, "-m", "harness.cli"]
    serve = [*program, "serve", "--dialect", dialect, "--port", str(port)]
    with server_process(serve, f"http://127.0.0.1:{port}/health", tmp_path / "serve.log") as pid:
        done = subprocess.run(
            [*program, "verify", "--target", f"http://127.0.0.1:{port}", "--model", "tiny-causal", "--profile", "smoke",
             "--pid", str(pid), "--out", str(tmp_path / "run")],
            capture_output=True, text=True, timeout=900,
        )  # fmt: skip
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    fell_short = [f["check"] for f in run["findings"] if f["status"] in ("fail", "error")]
    assert (done.returncode, run["verdict"], fell_short) == (0, "pass", [])
    assert run["target"]["dialect"] == dialect
