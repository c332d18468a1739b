"""A server as a process of this machine: started, awaited, and stopped with all of its children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2

from harness.deployments.deployment import Unavailable

#: Seconds that a server is given to load a small model: vLLM took 65 on two busy cores.
START_WITHIN = 300.0
STOP_WITHIN = 15.0


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def server_process(
    command: Sequence[str], health: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a server while the block runs and give its process id; Unavailable with the log's last line if it does not
    answer `health` with status 200.
    """
    with log.open("w", encoding="utf-8") as sink:
        process = subprocess.Popen(
            command, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True,
            env=dict(os.environ) | dict(environment or {}),
        )  # fmt: skip
    try:
        _await(process, health, log)
        yield process.pid
    finally:
        _stop(process)


def _await(process: subprocess.Popen[bytes], health: str, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Unavailable(f"it ended with status {process.returncode}: {_last_line(log)}")
        try:
            if httpx2.get(health, timeout=5.0, trust_env=False).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.5)
    raise Unavailable(f"it did not answer {health} within {START_WITHIN:g} seconds: {_last_line(log)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """First politely, then not; the whole group, since engines start workers of their own."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(STOP_WITHIN)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else "it wrote nothing"
