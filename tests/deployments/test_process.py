"""Servers as processes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from harness.deployments.deployment import Unavailable
from harness.deployments.process import free_port, server_process

#: A server that has a child and ignores polite requests to end.
STUBBORN = """
import http.server, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(child.pid).encode()
        self.send_response(200); self.send_header("content-length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_a_server_that_ends_is_unavailable_with_its_last_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('loading'); raise SystemExit('no such model')"]
    with (
        pytest.raises(Unavailable, match="ended with status 1: no such model"),
        server_process(command, f"http://127.0.0.1:{free_port()}", tmp_path / "log"),
    ):
        pass


def test_a_server_that_never_answers_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.deployments.process.START_WITHIN", 1.0)
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (
        pytest.raises(Unavailable, match="did not answer"),
        server_process(command, f"http://127.0.0.1:{free_port()}", tmp_path / "log"),
    ):
        pass


def test_a_server_is_stopped_with_all_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.deployments.process.STOP_WITHIN", 1.0)
    port = free_port()
    with server_process(
        [sys.executable, "-c", STUBBORN, str(port)], f"http://127.0.0.1:{port}", tmp_path / "log"
    ) as pid:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(_lives(process) for process in family):
        time.sleep(0.05)
    assert (len(family), [process.pid for process in family if _lives(process)]) == (2, [])


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
