"""A device is one worker's at a time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from harness.engine.suites.device_lock import held
from harness.reference.devices import Device

pytest.importorskip("fcntl", reason="files cannot be locked here")


@pytest.fixture(autouse=True)
def _locks_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def waits(lock: AbstractContextManager[None]) -> bool:
    """Whether a device cannot be had within a moment; it is had, and given back, later."""
    had = threading.Event()

    def have() -> None:
        with lock:
            had.set()

    threading.Thread(target=have, daemon=True).start()
    return not had.wait(0.2)


def test_checks_share_the_cpu() -> None:
    with held("cpu", alone=False):
        assert not waits(held("cpu", alone=False))


def test_what_is_timed_has_the_cpu_alone() -> None:
    with held("cpu", alone=True):
        assert waits(held("cpu", alone=False))
    with held("cpu", alone=False):
        assert waits(held("cpu", alone=True))
    assert not waits(held("cpu", alone=True))


def test_who_waits_for_the_cpu_alone_is_not_overtaken() -> None:
    with held("cpu", alone=False):
        assert waits(held("cpu", alone=True))
        assert waits(held("cpu", alone=False))


def test_an_accelerator_is_never_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Device, "missing", lambda self: None)
    with held("mps", alone=False):
        assert waits(held("mps", alone=False))
        assert not waits(held("cpu", alone=False))


def test_a_device_that_is_not_there_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Device, "missing", lambda self: "no such device")
    with held("cuda", alone=True):
        assert not list(tmp_path.iterdir())


def test_a_process_that_is_killed_gives_its_device_back(tmp_path: Path) -> None:
    script = (
        f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}\n"
        "from harness.engine.suites.device_lock import held\n"
        "with held('cpu', alone=True): print('held', flush=True); input()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert waits(held("cpu", alone=True))
        process.kill()
        process.wait()
        assert not waits(held("cpu", alone=True))


def test_where_files_cannot_be_locked_nothing_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with held("cpu", alone=True):
        assert not waits(held("cpu", alone=True))
