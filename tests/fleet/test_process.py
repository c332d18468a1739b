"""A deployment verified by a process of its own: its outcome, its end, and what nobody else gets to see."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from harness.core.fleet import State
from harness.engine.afterwards import Afterwards
from harness.engine.opening import asked
from harness.engine.setup import Request
from harness.fleet.process import COMMAND, LOG, Process
from harness.fleet.task import Outcome, Task
from harness.targets.http.connection import Connection

PRINTING = """
import zlib
print('{"exit_status": 0}')
def rerank(query, documents, instruction):
    print("asked")
    return [0.05 + 0.9 * zlib.crc32((query + text).encode()) / 2**32 for text in documents]
"""
KILLED = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\ndef rerank(*_): pass\n"
WAITING = "import time\ntime.sleep(600)\ndef rerank(*_): pass\n"
WEDGED = "import ctypes\nopen('wedged', 'x').close()\nctypes.PyDLL(None).sleep(600)\n"
EXITING = "import os\nprint('had enough', flush=True)\nos._exit(1)\n"


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Task]:
    """A task of a callable with that source."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").mkdir()

    def make(source: str, *headers: str) -> Task:
        (tmp_path / "server.py").write_text(source)
        request = Request(target="python:server:rerank", profile="smoke", connection=Connection(headers=headers))
        only = ("score-distribution.finite",)
        return Task(asked(request), headers, only, tmp_path / "run", Afterwards())

    return make


def test_what_the_target_prints_is_in_the_log_and_not_taken_for_the_outcome(task: Callable[..., Task]) -> None:
    process = Process(task(PRINTING))
    assert process.outcome() == (State.FINISHED, Outcome(0))
    assert "asked" in (Path("run") / LOG).read_text()


@pytest.mark.parametrize(("source", "told"), [(KILLED, "ended by SIGKILL"), (EXITING, "had enough")])
def test_a_process_that_says_nothing_has_crashed(source: str, told: str, task: Callable[..., Task]) -> None:
    state, outcome = Process(task(source)).outcome()
    assert (state, outcome.exit_status, told in outcome.reason) == (State.CRASHED, 3, True)


def test_bad_input_is_told_in_the_words_of_a_single_run(task: Callable[..., Task]) -> None:
    state, outcome = Process(task("")).outcome()
    assert (state, outcome.exit_status) == (State.REFUSED, 2)
    assert "server" in outcome.reason


def test_a_header_is_not_on_the_command_line_and_not_in_the_environment(task: Callable[..., Task]) -> None:
    process = Process(task(WAITING, "X-Key: hush"))
    other = psutil.Process(process._process.pid)
    seen = " ".join(other.cmdline()) + repr(other.environ())
    process.stop()
    process.outcome()
    assert "hush" not in seen


def test_a_process_that_is_stopped_ends(task: Callable[..., Task]) -> None:
    process = Process(task(WAITING))
    process.stop()
    assert process.outcome()[0] is State.CRASHED


def test_a_process_whose_native_code_holds_the_interpreter_is_stopped_too(
    task: Callable[..., Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.fleet.process.GRACE", 0.5)
    process = Process(task(WEDGED))
    while not (tmp_path / "wedged").exists():
        time.sleep(0.05)
    process.stop()
    assert "SIGKILL" in process.outcome()[1].reason


def test_a_process_ends_with_the_one_that_started_it(task: Callable[..., Task], tmp_path: Path) -> None:
    """Also where that one is killed, so that nobody writes into a folder which is then gone on with."""
    (tmp_path / "task").write_text(task(WAITING).as_line())
    code = (
        "import subprocess, sys, time\n"
        f"process = subprocess.Popen({list(COMMAND)!r}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)\n"
        "process.stdin.write(open('task', 'rb').read()); process.stdin.flush()\n"
        "print(process.pid, flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        os.kill(parent.pid, signal.SIGKILL)
    assert _gone(child)


def _gone(process: psutil.Process, within: float = 30.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.05)
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_a_task_is_understood_as_it_was_meant(task: Callable[..., Task]) -> None:
    meant = task("", "A: b")
    assert Task.of_line(meant.as_line().encode()) == meant
